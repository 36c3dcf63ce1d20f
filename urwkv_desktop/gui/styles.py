"""The window's palette and style sheet, made from a Theme (LOOK)."""

from PySide6.QtGui import QColor, QPalette

from urwkv_desktop.gui.theme import Theme


def palette(theme: Theme) -> QPalette:
    """For what no style sheet reaches: selections, native dialogs, tool tips."""
    made = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, theme.panel), (role.Base, theme.panel), (role.AlternateBase, theme.raised),
        (role.Button, theme.raised), (role.WindowText, theme.text), (role.Text, theme.text),
        (role.ButtonText, theme.text), (role.PlaceholderText, theme.quiet), (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text), (role.ToolTipBase, theme.raised), (role.ToolTipText, theme.text),
        (role.Link, theme.accent),
    ):
        made.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.faint))
    return made


def window_style(theme: Theme) -> str:
    """One sheet for the whole window. 13 px text, 12 quiet, 11 headings, 15 for the project's name."""
    return "".join((_words(theme), _buttons(theme), _sliders(theme), _lists(theme), _fields(theme)))


def _words(theme: Theme) -> str:
    return f"""
    QWidget {{ color: {theme.text}; font-family: Inter; font-size: 13px; }}
    #workspace, #statusLine, #startPage, #frame {{ background: {theme.window}; }}
    #worklistPanel, #inspectorPanel {{ background: {theme.panel}; }}
    #statusLine {{ border-top: 1px solid {theme.hairline}; background: {theme.panel}; }}
    QLabel, QCheckBox, QRadioButton {{ background: transparent; }}
    QLabel[role="project"] {{ font-size: 15px; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: 24px; font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {theme.quiet}; font-size: 12px; }}
    QLabel[role="heading"] {{ color: {theme.quiet}; font-size: 11px; font-weight: 600; letter-spacing: 0.6px; }}
    QLabel[role="small"] {{ color: {theme.quiet}; font-size: 11px; }}
    QLabel[role="warning"] {{ color: {theme.flagged}; font-size: 12px; }}
    QLabel[role="cap"] {{ background: {theme.raised}; border: 1px solid {theme.hairline}; border-radius: 4px;
        padding: 0 6px; font-size: 12px; font-weight: 500; }}
    #keyField {{ background: {theme.raised}; border: 1px solid {theme.raised}; border-radius: 8px; padding: 7px 10px; }}
    #keyField:focus {{ border-color: {theme.accent}; }}
    QFrame[role="divider"] {{ background: {theme.hairline}; }}
    QPlainTextEdit {{ background: {theme.raised}; border: none; border-radius: 8px; font-size: 12px; }}
    QLabel:disabled {{ color: {theme.faint}; }}
    QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.hairline};
        padding: 4px 6px; font-size: 12px; }}

    QLineEdit {{ background: {theme.raised}; border: 1px solid {theme.raised}; border-radius: 8px; padding: 6px 8px;
        selection-background-color: {theme.selection}; selection-color: {theme.text}; }}
    QLineEdit:focus {{ border: 1px solid {theme.accent}; }}
    """


def _buttons(theme: Theme) -> str:
    # White on the dark theme's accent has a contrast of 2.8 only; 4.5 is asked for.
    on_accent = theme.canvas if theme.is_dark else theme.panel
    return f"""
    QPushButton {{ background: {theme.raised}; border: 1px solid {theme.raised}; border-radius: 8px;
        padding: 0 12px; min-height: 30px; }}
    QPushButton:hover {{ border-color: {theme.hairline}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {theme.selection}; border-color: {theme.selection}; }}
    QPushButton:disabled {{ color: {theme.faint}; }}
    QPushButton[role="accent"] {{ background: {theme.accent}; border-color: {theme.accent}; color: {on_accent};
        font-weight: 600; }}
    QPushButton[role="accent"]:hover {{ border-color: {theme.text}; }}
    QPushButton[role="accent"]:focus {{ border-color: {theme.text}; }}
    QPushButton[role="accent"]:disabled {{ background: {theme.raised}; border-color: {theme.raised};
        color: {theme.faint}; }}
    QPushButton[role="segment"] {{ font-size: 12px; min-height: 24px; padding: 0 6px; color: {theme.quiet}; }}
    QPushButton[role="segment"][tall="true"] {{ font-size: 13px; min-height: 30px; }}
    QPushButton[role="segment"]:checked {{ color: {theme.text}; }}
    QPushButton[role="flat"], QPushButton[role="filter"], QPushButton[role="project"] {{ background: transparent;
        border-color: transparent; padding: 0 4px; min-height: 24px; color: {theme.quiet}; font-size: 12px; }}
    QPushButton[bare="true"] {{ padding: 0 8px 0 0; margin-left: -1px; min-height: 20px; text-align: left; }}
    QPushButton[role="flat"]:hover, QPushButton[role="filter"]:hover {{ color: {theme.text}; }}
    QPushButton[role="flat"]:focus, QPushButton[role="filter"]:focus, QPushButton[role="project"]:focus {{
        border-color: {theme.accent}; }}
    QPushButton[role="choice"] {{ font-size: 12px; min-height: 24px; padding: 0 10px; }}
    QPushButton[role="filter"]:checked {{ background: {theme.selection}; color: {theme.text}; }}
    QPushButton[role="project"] {{ font-size: 15px; font-weight: 600; color: {theme.text}; text-align: left; }}
    QPushButton[role="recent"] {{ background: transparent; border-color: transparent; text-align: left; }}
    QPushButton[role="recent"] {{ min-height: 50px; padding: 0; }}
    QPushButton[tall="true"] {{ min-height: 34px; }}
    QPushButton[big="true"] {{ min-height: 38px; }}
    QPushButton[role="recent"]:hover {{ background: {theme.raised}; }}
    QPushButton[role="recent"]:focus {{ border-color: {theme.accent}; }}
    QPushButton::menu-indicator {{ image: none; width: 0; }}

    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0; }}
    QToolButton:hover {{ background: {theme.raised}; }}
    QToolButton:checked {{ background: {theme.selection}; }}
    QToolButton:focus {{ border-color: {theme.accent}; }}
    #toolStrip {{ background: {theme.panel}; border-radius: 10px; }}
    #band {{ background: {theme.panel}; border-radius: 8px; }}
    #popover {{ background: {theme.panel}; border: 1px solid {theme.hairline}; border-radius: 10px; }}
    """


def _sliders(theme: Theme) -> str:
    handle, rim = (theme.text, theme.hairline) if theme.is_dark else (theme.panel, theme.quiet)
    return f"""
    QSlider {{ min-height: 20px; background: transparent; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.raised}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {theme.accent}; }}
    QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
        background: {handle}; border: 1px solid {rim}; }}
    QSlider::handle:horizontal:focus {{ border: 1px solid {theme.accent}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {theme.hairline}; }}

    QProgressBar {{ background: {theme.raised}; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 2px; }}
    QProgressBar[role="accepted"]::chunk {{ background: {theme.accepted}; }}
    """


def _lists(theme: Theme) -> str:
    return f"""
    QListView {{ background: transparent; border: none; outline: none; }}
    QListWidget {{ background: transparent; border: none; }}
    QListWidget::item {{ padding: 6px 8px; border-radius: 6px; }}
    QListWidget::item:selected {{ background: {theme.selection}; color: {theme.text}; }}
    QTreeView {{ background: transparent; border: none; outline: none; }}
    QTreeView::item {{ min-height: 28px; padding: 0 8px; border: none; }}
    QTreeView::item:hover {{ background: {theme.raised}; }}
    QTreeView::item:selected {{ background: {theme.selection}; color: {theme.text}; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.hairline}; border-radius: 4px; min-height: 32px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.faint}; }}
    QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {theme.hairline}; border-radius: 4px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; height: 0; }}
    QSplitter::handle {{ background: {theme.panel}; }}
    QSplitter::handle:hover, QSplitter::handle:pressed {{ background: {theme.hairline}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    """


def _fields(theme: Theme) -> str:
    return f"""
    QMenu {{ background: {theme.panel}; border: 1px solid {theme.hairline}; border-radius: 8px; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
    QMenu::icon {{ padding-left: 10px; }}
    QMenu::item:selected {{ background: {theme.selection}; }}
    QMenu::item:disabled {{ color: {theme.faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.hairline}; margin: 4px 8px; }}
    QSpinBox, QDoubleSpinBox {{ background: {theme.raised}; border: 1px solid {theme.raised}; border-radius: 8px;
        padding: 0 8px; min-height: 30px; }}
    QSpinBox:focus, QDoubleSpinBox:focus {{ border-color: {theme.accent}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QAbstractSpinBox QLineEdit {{ background: transparent; border: none; padding: 0 2px; }}
    QComboBox {{ background: {theme.raised}; border: 1px solid {theme.raised}; border-radius: 8px; padding: 0 10px;
        min-height: 30px; }}
    QComboBox:focus {{ border-color: {theme.accent}; }}
    QComboBox::drop-down {{ border: none; width: 26px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView::item {{ min-height: 28px; }}
    QComboBox QAbstractItemView {{ background: {theme.panel}; border: 1px solid {theme.hairline};
        selection-background-color: {theme.selection}; selection-color: {theme.text}; }}
    QDialog {{ background: {theme.panel}; }}
    QCheckBox {{ spacing: 8px; min-height: 24px; }}
    QCheckBox:focus {{ color: {theme.accent}; }}
    """
