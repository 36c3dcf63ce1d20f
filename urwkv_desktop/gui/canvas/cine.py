"""Slices or frames one after the other, at the rate at which they were taken where the file says so."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from urwkv_desktop.gui.canvas.plane_view import PlaneView

USUAL_RATE = 15.0  # frames a second, where the file names none
_RATES = (1.0, 2.0, 5.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0)


class Cine(QObject):
    """It plays in a loop until it is stopped, or a hand begins to paint. A slow machine leaves frames out, so that the
    time stays true."""

    changed = Signal()

    def __init__(self, view: PlaneView) -> None:
        super().__init__(view)
        self._view = view
        self._rate = USUAL_RATE
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._clock = QElapsedTimer()
        self._first = 0
        view.strokeStarted.connect(self.stop)

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self._rate

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def take_case(self) -> None:
        """Another case is shown: nothing plays, at its own rate."""
        self.stop()
        image = self._view.image
        self._set_rate((image.frames_per_second if image is not None else None) or USUAL_RATE)

    def toggle(self) -> None:
        if self.is_playing:
            self.stop()
        elif self._view.slice_count > 1 and not self._view.is_busy:
            self._begin()
            self._timer.start()
            self.changed.emit()

    def stop(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.changed.emit()

    def faster(self, by: int = 1) -> None:
        """by: steps among the usual rates; negative for slower."""
        if by > 0:
            self._set_rate(next((rate for rate in _RATES if rate > self._rate), self._rate))
        else:
            self._set_rate(next((rate for rate in reversed(_RATES) if rate < self._rate), self._rate))

    def _set_rate(self, rate: float) -> None:
        self._rate = min(max(rate, 0.2), 120.0)
        self._timer.setInterval(max(1, round(1000 / self._rate)))
        self._begin()
        self.changed.emit()

    def _begin(self) -> None:
        self._first = self._view.plane.index
        self._clock.start()

    def _step(self) -> None:
        frames = self._clock.elapsed() * self._rate / 1000
        self._view.set_slice((self._first + round(frames)) % max(1, self._view.slice_count))
