<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About urwkv-desktop</source>
      <translation>Über urwkv-desktop</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>It opens no network connection. Images are never written to.</source>
      <translation>Es öffnet keine Netzwerkverbindung. In Bilder wird nie geschrieben.</translation>
    </message>
    <message>
      <source>Log and crash reports: {folder}</source>
      <translation>Protokoll und Absturzberichte: {folder}</translation>
    </message>
    <message>
      <source>Not a medical device; for review by a qualified reader.</source>
      <translation>Kein Medizinprodukt; zur Durchsicht durch qualifizierte Befunder.</translation>
    </message>
    <message>
      <source>Opens medical images, shows each already segmented by U-RWKV, and keeps every correction.</source>
      <translation>Öffnet medizinische Bilder, zeigt jedes bereits von U-RWKV segmentiert und bewahrt jede Korrektur.</translation>
    </message>
    <message>
      <source>Program: MIT. Models carry the licence of the data they were trained on. See LICENSE and NOTICE.</source>
      <translation>Programm: MIT. Modelle stehen unter der Lizenz der Daten, mit denen sie trainiert wurden. Siehe LICENSE und NOTICE.</translation>
    </message>
  </context>
  <context>
    <name>Band</name>
    <message>
      <source>Hide this</source>
      <translation>Ausblenden</translation>
    </message>
  </context>
  <context>
    <name>Bands</name>
    <message>
      <source>Find them…</source>
      <translation>Suchen…</translation>
    </message>
    <message>
      <source>Leave all the same</source>
      <translation>Trotzdem verlassen</translation>
    </message>
    <message>
      <source>The images of this project are not where they were.</source>
      <translation>Die Bilder dieses Projekts sind nicht dort, wo sie waren.</translation>
    </message>
    <message>
      <source>Write here instead</source>
      <translation>Stattdessen hier schreiben</translation>
    </message>
  </context>
  <context>
    <name>CanvasSurface</name>
    <message>
      <source>Mask hidden</source>
      <translation>Maske ausgeblendet</translation>
    </message>
  </context>
  <context>
    <name>CanvasView</name>
    <message>
      <source>Image</source>
      <translation>Bild</translation>
    </message>
  </context>
  <context>
    <name>CheatSheet</name>
    <message>
      <source>Label by its place</source>
      <translation>Label nach seinem Platz</translation>
    </message>
    <message>
      <source>MOUSE</source>
      <translation>MAUS</translation>
    </message>
    <message>
      <source>Mouse and keys</source>
      <translation>Maus und Tasten</translation>
    </message>
  </context>
  <context>
    <name>CommandPalette</name>
    <message>
      <source>Command</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>No command is called so.</source>
      <translation>Kein Befehl heißt so.</translation>
    </message>
    <message>
      <source>What shall be done?</source>
      <translation>Was soll geschehen?</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>Accept as empty</source>
      <translation>Als leer annehmen</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>Anderen wählen…</translation>
    </message>
    <message>
      <source>Copy the reason</source>
      <translation>Grund kopieren</translation>
    </message>
    <message>
      <source>Done again: {name}</source>
      <translation>Wiederholt: {name}</translation>
    </message>
    <message>
      <source>Exclude from exports</source>
      <translation>Von Exporten ausschließen</translation>
    </message>
    <message>
      <source>Flag…</source>
      <translation>Markieren…</translation>
    </message>
    <message>
      <source>Include again</source>
      <translation>Wieder einschließen</translation>
    </message>
    <message>
      <source>Looking for the images in {folder}…</source>
      <translation>Die Bilder in {folder} werden gesucht…</translation>
    </message>
    <message>
      <source>Model for this case</source>
      <translation>Modell für diesen Fall</translation>
    </message>
    <message>
      <source>Neither a network nor a hand has drawn anything in this image. Accepting it says that there is nothing to draw.</source>
      <translation>Weder ein Netz noch eine Hand hat in diesem Bild etwas gezeichnet. Annehmen heißt: hier gibt es nichts zu zeichnen.</translation>
    </message>
    <message>
      <source>No case is open any more: all are accepted or excluded.</source>
      <translation>Kein Fall ist mehr offen: Alle sind angenommen oder ausgeschlossen.</translation>
    </message>
    <message>
      <source>Remove flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Run the network again</source>
      <translation>Netz noch einmal ausführen</translation>
    </message>
    <message>
      <source>The mask that stood there at first is taken back. Redo brings it again.</source>
      <translation>Die Maske, die zuerst dastand, ist zurückgenommen. Wiederholen bringt sie wieder.</translation>
    </message>
    <message>
      <source>There is no change of the labels to do again.</source>
      <translation>Es gibt keine Änderung der Labels zu wiederholen.</translation>
    </message>
    <message>
      <source>There is no change of the labels to undo.</source>
      <translation>Es gibt keine Änderung der Labels rückgängig zu machen.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undone: {name}</source>
      <translation>Rückgängig gemacht: {name}</translation>
    </message>
    <message>
      <source>Use it for all like it</source>
      <translation>Für alle dieser Art verwenden</translation>
    </message>
    <message>
      <source>Where are the images now?</source>
      <translation>Wo sind die Bilder jetzt?</translation>
    </message>
    <message>
      <source>{name} is deleted. What it marked counts as background, in every case.</source>
      <translation>{name} ist gelöscht. Was damit markiert war, gilt in jedem Fall als Hintergrund.</translation>
    </message>
    <message>
      <source>{name} looks at this image because you said so.</source>
      <translation>{name} sieht dieses Bild an, weil Sie es so wollten.</translation>
    </message>
    <message>
      <source>{name} was not made for such images. It looks at this one because you said so.</source>
      <translation>{name} ist nicht für solche Bilder gemacht. Es sieht dieses an, weil Sie es so wollten.</translation>
    </message>
  </context>
  <context>
    <name>ComparingView</name>
    <message>
      <source>Doubt</source>
      <translation>Zweifel</translation>
    </message>
    <message>
      <source>Network's answer</source>
      <translation>Antwort des Netzes</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Probability</source>
      <translation>Wahrscheinlichkeit</translation>
    </message>
  </context>
  <context>
    <name>Desk</name>
    <message>
      <source>Looking for images…</source>
      <translation>Bilder werden gesucht…</translation>
    </message>
    <message>
      <source>No images here</source>
      <translation>Keine Bilder hier</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>Wird geöffnet…</translation>
    </message>
    <message>
      <source>Predict anyway with {model}</source>
      <translation>Trotzdem mit {model} vorhersagen</translation>
    </message>
    <message>
      <source>Predict with {model}</source>
      <translation>Mit {model} vorhersagen</translation>
    </message>
    <message>
      <source>Show what is there</source>
      <translation>Zeigen, was da ist</translation>
    </message>
    <message>
      <source>This folder holds no image that this program reads. Open another one, or drop one on this window.</source>
      <translation>Dieser Ordner enthält kein Bild, das dieses Programm liest. Öffnen Sie einen anderen, oder ziehen Sie einen auf dieses Fenster.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <source>Use {model} for all images like it</source>
      <translation>{model} für alle Bilder dieser Art</translation>
    </message>
    <message>
      <source>{why} Which one shall look at it, and at all images like it?</source>
      <translation>{why} Welches soll dieses Bild und alle gleichartigen ansehen?</translation>
    </message>
  </context>
  <context>
    <name>DisplayPanel</name>
    <message>
      <source>Both</source>
      <translation>Beides</translation>
    </message>
    <message>
      <source>DISPLAY</source>
      <translation>ANZEIGE</translation>
    </message>
    <message>
      <source>Fill</source>
      <translation>Fläche</translation>
    </message>
    <message>
      <source>From the file {number}</source>
      <translation>Aus der Datei {number}</translation>
    </message>
    <message>
      <source>Invert the grey values</source>
      <translation>Grauwerte umkehren</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Zentrum</translation>
    </message>
    <message>
      <source>Mask</source>
      <translation>Maske</translation>
    </message>
    <message>
      <source>Outline</source>
      <translation>Umriss</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>Vorgaben</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenster</translation>
    </message>
    <message>
      <source>Window presets</source>
      <translation>Fenstervorgaben</translation>
    </message>
    <message>
      <source>curve</source>
      <translation>Kurve</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>CASES</source>
      <translation>FÄLLE</translation>
    </message>
    <message>
      <source>CLINICAL</source>
      <translation>KLINISCH</translation>
    </message>
    <message>
      <source>COCO with polygons</source>
      <translation>COCO mit Polygonen</translation>
    </message>
    <message>
      <source>COCO with run lengths</source>
      <translation>COCO mit Lauflängen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cases that were not exported</source>
      <translation>Fälle, die nicht exportiert wurden</translation>
    </message>
    <message>
      <source>Choose a format, which cases, and a folder.</source>
      <translation>Wählen Sie ein Format, welche Fälle und einen Ordner.</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>DICOM SEG</source>
      <translation>DICOM SEG</translation>
    </message>
    <message>
      <source>DICOM SEG as label map</source>
      <translation>DICOM SEG als Labelkarte</translation>
    </message>
    <message>
      <source>De-identified DICOM copies</source>
      <translation>De-identifizierte DICOM-Kopien</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export into</source>
      <translation>Exportieren nach</translation>
    </message>
    <message>
      <source>FOLDER</source>
      <translation>ORDNER</translation>
    </message>
    <message>
      <source>Folder to export into</source>
      <translation>Zielordner des Exports</translation>
    </message>
    <message>
      <source>IMAGES AND LABELS</source>
      <translation>BILDER UND LABELS</translation>
    </message>
    <message>
      <source>Looking for what identifies patients…</source>
      <translation>Es wird gesucht, was Patienten erkennbar macht…</translation>
    </message>
    <message>
      <source>MACHINE LEARNING</source>
      <translation>MASCHINELLES LERNEN</translation>
    </message>
    <message>
      <source>NIfTI with image geometry</source>
      <translation>NIfTI mit Bildgeometrie</translation>
    </message>
    <message>
      <source>NRRD segmentation (3D Slicer)</source>
      <translation>NRRD-Segmentierung (3D Slicer)</translation>
    </message>
    <message>
      <source>One PNG for each label</source>
      <translation>Ein PNG je Label</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <source>PNG masks (volumes as NIfTI)</source>
      <translation>PNG-Masken (Volumen als NIfTI)</translation>
    </message>
    <message>
      <source>RTSTRUCT contours</source>
      <translation>RTSTRUCT-Konturen</translation>
    </message>
    <message>
      <source>These formats carry tags or pixels. Before they leave you are shown what identifies patients.</source>
      <translation>Diese Formate enthalten Attribute oder Pixel der Bilder. Bevor sie hinausgehen, sehen Sie, was Patienten erkennbar macht.</translation>
    </message>
    <message>
      <source>Training set for urwkv-desktop train</source>
      <translation>Daten für urwkv-desktop train</translation>
    </message>
    <message>
      <source>Waiting until the last stroke is on the disk…</source>
      <translation>Warten, bis der letzte Strich auf dem Datenträger ist…</translation>
    </message>
    <message>
      <source>YOLO segmentation</source>
      <translation>YOLO-Segmentierung</translation>
    </message>
    <message>
      <source>accepted · {n}</source>
      <translation>angenommen · {n}</translation>
    </message>
    <message>
      <source>edited · {n}</source>
      <translation>bearbeitet · {n}</translation>
    </message>
    <message>
      <source>labelme</source>
      <translation>labelme</translation>
    </message>
    <message>
      <source>nnU-Net v2 data set</source>
      <translation>Datensatz für nnU-Net v2</translation>
    </message>
    <message>
      <source>predicted, not reviewed · {n}</source>
      <translation>vorhergesagt, ungeprüft · {n}</translation>
    </message>
    <message>
      <source>{done} of {total} cases looked at for what identifies patients</source>
      <translation>{done} von {total} Fällen auf Patientenkennungen durchgesehen</translation>
    </message>
    <message>
      <source>{done} of {total} cases written, read back, compared</source>
      <translation>{done} von {total} Fällen geschrieben, zurückgelesen, verglichen</translation>
    </message>
  </context>
  <context>
    <name>ExportFlow</name>
    <message>
      <source>1 case was left out, or could not be written in each format:</source>
      <translation>1 Fall wurde ausgelassen oder ließ sich nicht in jedem Format schreiben:</translation>
    </message>
    <message>
      <source>1 file written, read back and found equal.</source>
      <translation>1 Datei geschrieben, zurückgelesen und gleich befunden.</translation>
    </message>
    <message>
      <source>Nothing was exported.</source>
      <translation>Es wurde nichts exportiert.</translation>
    </message>
    <message>
      <source>Nothing was written.</source>
      <translation>Es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>Nothing was written: no case has one of these states.</source>
      <translation>Es wurde nichts geschrieben: Kein Fall hat einen dieser Zustände.</translation>
    </message>
    <message>
      <source>{n} cases were left out, or could not be written in each format:</source>
      <translation>{n} Fälle wurden ausgelassen oder ließen sich nicht in jedem Format schreiben:</translation>
    </message>
    <message>
      <source>{n} cases: {why} ({stems})</source>
      <translation>{n} Fälle: {why} ({stems})</translation>
    </message>
    <message>
      <source>{n} files written, read back and found equal.</source>
      <translation>{n} Dateien geschrieben, zurückgelesen und gleich befunden.</translation>
    </message>
  </context>
  <context>
    <name>FlagPopover</name>
    <message>
      <source>Comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>FLAG THIS CASE</source>
      <translation>DIESEN FALL MARKIEREN</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>Markieren</translation>
    </message>
    <message>
      <source>Remove flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>What should the next reader know?</source>
      <translation>Was soll der nächste Befunder wissen?</translation>
    </message>
  </context>
  <context>
    <name>Footer</name>
    <message>
      <source>Accept and next</source>
      <translation>Annehmen →</translation>
    </message>
    <message>
      <source>Accept this case and go to the next open one</source>
      <translation>Diesen Fall annehmen und zum nächsten offenen gehen</translation>
    </message>
    <message>
      <source>All done</source>
      <translation>Alles erledigt</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>Markieren</translation>
    </message>
    <message>
      <source>Flag this case with a comment</source>
      <translation>Diesen Fall mit einem Kommentar markieren</translation>
    </message>
    <message>
      <source>For all like it</source>
      <translation>Für alle gleichartigen</translation>
    </message>
    <message>
      <source>For this case</source>
      <translation>Für diesen Fall</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Next open case</source>
      <translation>Weiter →</translation>
    </message>
    <message>
      <source>Which model looks at this image, and at others like it</source>
      <translation>Welches Modell dieses Bild und andere dieser Art ansieht</translation>
    </message>
  </context>
  <context>
    <name>HistoryMoments</name>
    <message>
      <source>empty</source>
      <translation>leer</translation>
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>1 edit</source>
      <translation>1 Änderung</translation>
    </message>
    <message>
      <source>HISTORY</source>
      <translation>VERLAUF</translation>
    </message>
    <message>
      <source>added</source>
      <translation>neu</translation>
    </message>
    <message>
      <source>kept</source>
      <translation>bleibt</translation>
    </message>
    <message>
      <source>now</source>
      <translation>jetzt</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>weg</translation>
    </message>
    <message>
      <source>{n} edits</source>
      <translation>{n} Änderungen</translation>
    </message>
  </context>
  <context>
    <name>ImportFlow</name>
    <message>
      <source>All files</source>
      <translation>Alle Dateien</translation>
    </message>
    <message>
      <source>Import a mask</source>
      <translation>Maske importieren</translation>
    </message>
    <message>
      <source>Import in the file's order</source>
      <translation>In der Reihenfolge der Datei importieren</translation>
    </message>
    <message>
      <source>Masks</source>
      <translation>Masken</translation>
    </message>
    <message>
      <source>Resample</source>
      <translation>Umrechnen</translation>
    </message>
    <message>
      <source>{name} was imported.</source>
      <translation>{name} wurde importiert.</translation>
    </message>
  </context>
  <context>
    <name>KeyEditor</name>
    <message>
      <source>Actions and their keys</source>
      <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
      <source>Add keys…</source>
      <translation>Weitere Tasten…</translation>
    </message>
    <message>
      <source>Change keys</source>
      <translation>Tasten ändern</translation>
    </message>
    <message>
      <source>Changed by you</source>
      <translation>Von Ihnen geändert</translation>
    </message>
    <message>
      <source>Changes hold at once; keys.json beside the settings keeps them.</source>
      <translation>Änderungen gelten sofort; keys.json neben den Einstellungen behält sie.</translation>
    </message>
    <message>
      <source>Choose an action to change its keys.</source>
      <translation>Wählen Sie eine Aktion, um ihre Tasten zu ändern.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>Lassen</translation>
    </message>
    <message>
      <source>New keys…</source>
      <translation>Neue Tasten…</translation>
    </message>
    <message>
      <source>No keys</source>
      <translation>Keine Tasten</translation>
    </message>
    <message>
      <source>Press the keys for “{action}”. Escape leaves them as they are.</source>
      <translation>Drücken Sie die Tasten für „{action}“. Escape lässt sie, wie sie sind.</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Reset all</source>
      <translation>Alle zurücksetzen</translation>
    </message>
    <message>
      <source>Search by words or keys</source>
      <translation>Nach Wörtern oder Tasten suchen</translation>
    </message>
    <message>
      <source>Search the keys</source>
      <translation>Die Tasten durchsuchen</translation>
    </message>
    <message>
      <source>Take it</source>
      <translation>Nehmen</translation>
    </message>
    <message>
      <source>This key is held down, so it is one without Ctrl, Shift or Alt.</source>
      <translation>Diese Taste wird gehalten, darum ist es eine ohne Strg, Umschalt oder Alt.</translation>
    </message>
    <message>
      <source>{keys} belongs to {actions}. Take it from there?</source>
      <translation>{keys} gehört zu {actions}. Von dort wegnehmen?</translation>
    </message>
  </context>
  <context>
    <name>KeyFlow</name>
    <message>
      <source>Whose keys and mouse are you used to? Every key can be changed later, in the settings.</source>
      <translation>Welche Tasten- und Mausbelegung sind Sie gewohnt? Jede Taste lässt sich später in den Einstellungen ändern.</translation>
    </message>
  </context>
  <context>
    <name>LabelMeasures</name>
    <message>
      <source>The longest diameter of {label} and the longest one across it</source>
      <translation>Der längste Durchmesser von {label} und der längste quer dazu</translation>
    </message>
    <message>
      <source>{diameters}  ·  slice {number}</source>
      <translation>{diameters}  ·  Schicht {number}</translation>
    </message>
  </context>
  <context>
    <name>LabelRow</name>
    <message>
      <source>A project keeps one label at least.</source>
      <translation>Ein Projekt behält mindestens ein Label.</translation>
    </message>
    <message>
      <source>Colour of {name}</source>
      <translation>Farbe von {name}</translation>
    </message>
    <message>
      <source>Colour…</source>
      <translation>Farbe…</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Diameters: {words}</source>
      <translation>Durchmesser: {words}</translation>
    </message>
    <message>
      <source>Hide this label</source>
      <translation>Dieses Label ausblenden</translation>
    </message>
    <message>
      <source>Lock this label: what it covers stays as it is</source>
      <translation>Dieses Label sperren: Was es bedeckt, bleibt, wie es ist</translation>
    </message>
    <message>
      <source>Name of the label</source>
      <translation>Name des Labels</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Show this label</source>
      <translation>Dieses Label einblenden</translation>
    </message>
    <message>
      <source>Unlock this label</source>
      <translation>Dieses Label entsperren</translation>
    </message>
  </context>
  <context>
    <name>LabelsPanel</name>
    <message>
      <source>Add a label</source>
      <translation>Label hinzufügen</translation>
    </message>
    <message>
      <source>LABELS</source>
      <translation>LABELS</translation>
    </message>
    <message>
      <source>Label {number}</source>
      <translation>Label {number}</translation>
    </message>
  </context>
  <context>
    <name>LessonDialog</name>
    <message>
      <source>Adopt {name}</source>
      <translation>{name} übernehmen</translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>Beginnen</translation>
    </message>
    <message>
      <source>Begin anew</source>
      <translation>Neu beginnen</translation>
    </message>
    <message>
      <source>Cases on which the new model is worse</source>
      <translation>Fälle, bei denen das neue Modell schlechter ist</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copies of the accepted images, and all that the lesson writes, lie in {folder}</source>
      <translation>Kopien der angenommenen Bilder und alles, was die Lektion schreibt, liegen in {folder}</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>It has learnt, and was compared, on this project's images alone. How to find things in images of another kind it may have forgotten: where you have such images, go on with the old model for them.</source>
      <translation>Es hat nur an den Bildern dieses Projekts gelernt und wurde nur an ihnen verglichen. Wie man in Bildern anderer Art etwas findet, kann es vergessen haben: Wo Sie solche haben, bleiben Sie dafür beim alten Modell.</translation>
    </message>
    <message>
      <source>MODEL</source>
      <translation>MODELL</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Teach the network</source>
      <translation>Das Netz lehren</translation>
    </message>
    <message>
      <source>The cases that you have accepted teach the model that looked at them. One in ten is kept aside; on those the new model is compared with the old one, which goes on looking until you adopt the new one.</source>
      <translation>Die Fälle, die Sie angenommen haben, lehren das Modell, das sie angesehen hat. Jeder zehnte bleibt beiseite; an diesen wird das neue Modell mit dem alten verglichen, das weiter hinsieht, bis Sie das neue übernehmen.</translation>
    </message>
    <message>
      <source>better by over 0.05</source>
      <translation>um über 0,05 besser</translation>
    </message>
    <message>
      <source>could not be measured</source>
      <translation>nicht messbar</translation>
    </message>
    <message>
      <source>difference, 95 %</source>
      <translation>Unterschied, 95 %</translation>
    </message>
    <message>
      <source>kept aside, with something to find</source>
      <translation>beiseite, mit Befund</translation>
    </message>
    <message>
      <source>mean Dice</source>
      <translation>mittlerer Dice</translation>
    </message>
    <message>
      <source>nothing to find, drawn on</source>
      <translation>nichts zu finden, doch gezeichnet</translation>
    </message>
    <message>
      <source>worse by over 0.05</source>
      <translation>um über 0,05 schlechter</translation>
    </message>
    <message>
      <source>{before} → {after} of {n}</source>
      <translation>{before} → {after} von {n}</translation>
    </message>
    <message>
      <source>{lo} to {hi}</source>
      <translation>{lo} bis {hi}</translation>
    </message>
    <message>
      <source>{model} · {n} accepted</source>
      <translation>{model} · {n} angenommen</translation>
    </message>
    <message>
      <source>{name} could not be compared: no case with something to find was kept aside.</source>
      <translation>{name} konnte nicht verglichen werden: Kein Fall, in dem etwas zu finden ist, blieb beiseite.</translation>
    </message>
    <message>
      <source>{name} is adopted: it looks from now on, in all your projects. Masks that exist stay until the network is run again.</source>
      <translation>{name} ist übernommen und sieht von jetzt an hin, in allen Ihren Projekten. Vorhandene Masken bleiben, bis das Netz noch einmal hinsieht.</translation>
    </message>
    <message>
      <source>{name} is no worse on the cases that were kept aside.</source>
      <translation>{name} ist an den beiseitegelegten Fällen nicht schlechter.</translation>
    </message>
    <message>
      <source>{name} is no worse, but so few cases were kept aside that this tells little.</source>
      <translation>{name} ist nicht schlechter, doch blieben so wenige Fälle beiseite, dass das wenig sagt.</translation>
    </message>
    <message>
      <source>{name} is worse on the cases that were kept aside: it is better not adopted.</source>
      <translation>{name} ist an den beiseitegelegten Fällen schlechter: besser nicht übernehmen.</translation>
    </message>
  </context>
  <context>
    <name>LessonFlow</name>
    <message>
      <source>Comparing with {model}: {done} of {total}</source>
      <translation>Vergleich mit {model}: {done} von {total}</translation>
    </message>
    <message>
      <source>It takes a quarter of an hour and more, on this computer, while you go on working.</source>
      <translation>Es dauert auf diesem Rechner eine Viertelstunde und mehr, während Sie weiterarbeiten.</translation>
    </message>
    <message>
      <source>Learning: step {done} of {total}</source>
      <translation>Es lernt: Schritt {done} von {total}</translation>
    </message>
    <message>
      <source>Learning: step {done} of {total}, about {n} min left</source>
      <translation>Es lernt: Schritt {done} von {total}, noch etwa {n} min</translation>
    </message>
    <message>
      <source>No accepted case has been looked at by a model yet. Accept cases first.</source>
      <translation>Noch kein angenommener Fall wurde von einem Modell angesehen. Nehmen Sie zuerst Fälle an.</translation>
    </message>
    <message>
      <source>The lesson begins…</source>
      <translation>Die Lektion beginnt…</translation>
    </message>
    <message>
      <source>The lesson ended before its time. {words}</source>
      <translation>Die Lektion endete vor ihrer Zeit. {words}</translation>
    </message>
    <message>
      <source>The lesson stops when the step that it is at has come to its end…</source>
      <translation>Die Lektion hält an, sobald der laufende Schritt zu Ende ist …</translation>
    </message>
    <message>
      <source>The lesson was stopped.</source>
      <translation>Die Lektion wurde angehalten.</translation>
    </message>
    <message>
      <source>Writing the accepted cases: {done} of {total}</source>
      <translation>Angenommene Fälle werden geschrieben: {done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>x {x}  y {y}  ·  {mm}  ·  {value}</source>
      <translation>x {x}  y {y}  ·  {mm}  ·  {value}</translation>
    </message>
    <message>
      <source>x {x}  y {y}  ·  {value}</source>
      <translation>x {x}  y {y}  ·  {value}</translation>
    </message>
  </context>
  <context>
    <name>MeasureDesk</name>
    <message>
      <source>Mean {mean}  ·  SD {deviation} {unit}</source>
      <translation>Mittel {mean}  ·  SD {deviation} {unit}</translation>
    </message>
    <message>
      <source>Of the values under {label}, in the slice that is shown</source>
      <translation>Der Werte unter {label} in der gezeigten Schicht</translation>
    </message>
  </context>
  <context>
    <name>MeasuresPanel</name>
    <message>
      <source>MEASUREMENTS</source>
      <translation>MESSUNGEN</translation>
    </message>
    <message>
      <source>{number} more</source>
      <translation>{number} weitere</translation>
    </message>
  </context>
  <context>
    <name>MessageCard</name>
    <message>
      <source>Fold this away</source>
      <translation>Einklappen</translation>
    </message>
  </context>
  <context>
    <name>OperationCommands</name>
    <message>
      <source>Nothing would change.</source>
      <translation>Es würde sich nichts ändern.</translation>
    </message>
    <message>
      <source>{n} pixels in {slices} slices would change.</source>
      <translation>{n} Pixel in {slices} Schichten würden sich ändern.</translation>
    </message>
    <message>
      <source>{n} pixels would change.</source>
      <translation>{n} Pixel würden sich ändern.</translation>
    </message>
  </context>
  <context>
    <name>OperationPopover</name>
    <message>
      <source>Apply</source>
      <translation>Anwenden</translation>
    </message>
    <message>
      <source>Draw around it…</source>
      <translation>Umfahren …</translation>
    </message>
  </context>
  <context>
    <name>OptionsPanel</name>
    <message>
      <source>Background only</source>
      <translation>Nur Hintergrund</translation>
    </message>
    <message>
      <source>Every label</source>
      <translation>Jedes Label</translation>
    </message>
    <message>
      <source>Paint over</source>
      <translation>Übermalen</translation>
    </message>
    <message>
      <source>Paint over all</source>
      <translation>Alles übermalen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>This label only</source>
      <translation>Nur dieses Label</translation>
    </message>
  </context>
  <context>
    <name>OriginOverlay</name>
    <message>
      <source>added</source>
      <translation>hinzugefügt</translation>
    </message>
    <message>
      <source>confirmed</source>
      <translation>bestätigt</translation>
    </message>
    <message>
      <source>drawn by hand</source>
      <translation>von Hand gezeichnet</translation>
    </message>
    <message>
      <source>imported, kept</source>
      <translation>importiert, behalten</translation>
    </message>
    <message>
      <source>network, kept</source>
      <translation>Netz, behalten</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>entfernt</translation>
    </message>
  </context>
  <context>
    <name>PrivacyDialog</name>
    <message>
      <source>1 case</source>
      <translation>1 Fall</translation>
    </message>
    <message>
      <source>Before it leaves</source>
      <translation>Bevor es hinausgeht</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Copies of DICOM images leave de-identified only.</source>
      <translation>Kopien von DICOM-Bildern gehen nur de-identifiziert hinaus.</translation>
    </message>
    <message>
      <source>De-identify and export</source>
      <translation>De-identifizieren und exportieren</translation>
    </message>
    <message>
      <source>De-identifying gives patients, cases and files other names and new identifiers, and removes what the standard's table lists, private tags and overlays. Each file is searched before it gets its name. It can't be promised to be complete.</source>
      <translation>De-identifizieren gibt Patienten, Fällen und Dateien andere Namen und neue Kennungen und entfernt, was die Tabelle des Standards aufführt, private Attribute und Overlays. Jede Datei wird durchsucht, bevor sie ihren Namen bekommt. Dass nichts übersehen wird, lässt sich nicht versprechen.</translation>
    </message>
    <message>
      <source>Export as they are</source>
      <translation>Exportieren, wie sie sind</translation>
    </message>
    <message>
      <source>I have looked at them: export them too</source>
      <translation>Ich habe sie angesehen: auch sie exportieren</translation>
    </message>
    <message>
      <source>Images with suspected text</source>
      <translation>Bilder, in denen Text vermutet wird</translation>
    </message>
    <message>
      <source>No tag was found that identifies a patient ({n} of {all} cases looked at).</source>
      <translation>Es wurde kein Attribut gefunden, das einen Patienten erkennbar macht ({n} von {all} Fällen durchgesehen).</translation>
    </message>
    <message>
      <source>Text is suspected at the border of these images. De-identifying does not change pixels:</source>
      <translation>Am Rand dieser Bilder wird Text vermutet. De-identifizieren ändert keine Pixel:</translation>
    </message>
    <message>
      <source>These could not be looked at: {titles}</source>
      <translation>Diese konnten nicht durchgesehen werden: {titles}</translation>
    </message>
    <message>
      <source>These images tell who the patient is ({n} of {all} cases looked at):</source>
      <translation>Diese Bilder sagen, wer der Patient ist ({n} von {all} Fällen durchgesehen):</translation>
    </message>
    <message>
      <source>What identifies patients</source>
      <translation>Was Patienten erkennbar macht</translation>
    </message>
    <message>
      <source>{n} cases</source>
      <translation>{n} Fälle</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>About urwkv-desktop</source>
      <translation>Über urwkv-desktop</translation>
    </message>
    <message>
      <source>All commands</source>
      <translation>Alle Befehle</translation>
    </message>
    <message>
      <source>Change keys…</source>
      <translation>Tasten ändern…</translation>
    </message>
    <message>
      <source>Close project</source>
      <translation>Projekt schließen</translation>
    </message>
    <message>
      <source>Dark theme</source>
      <translation>Dunkles Erscheinungsbild</translation>
    </message>
    <message>
      <source>Inspector</source>
      <translation>Inspektor</translation>
    </message>
    <message>
      <source>Light theme</source>
      <translation>Helles Erscheinungsbild</translation>
    </message>
    <message>
      <source>Mouse and keys</source>
      <translation>Maus und Tasten</translation>
    </message>
    <message>
      <source>Not everything could be written down: the disk did not take it.</source>
      <translation>Nicht alles konnte gespeichert werden: Der Datenträger hat es nicht angenommen.</translation>
    </message>
    <message>
      <source>Open a folder of images</source>
      <translation>Einen Ordner mit Bildern öffnen</translation>
    </message>
    <message>
      <source>Open folder…</source>
      <translation>Ordner öffnen…</translation>
    </message>
    <message>
      <source>Open sample project</source>
      <translation>Beispielprojekt öffnen</translation>
    </message>
    <message>
      <source>Opening {name}…</source>
      <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>The language changes when the program starts again.</source>
      <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
    <message>
      <source>Theme as the system</source>
      <translation>Erscheinungsbild wie das System</translation>
    </message>
    <message>
      <source>Worklist</source>
      <translation>Arbeitsliste</translation>
    </message>
  </context>
  <context>
    <name>ProgressLine</name>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>{title}  {done} of {total}</source>
      <translation>{title}  {done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>ProjectMenu</name>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Open recent</source>
      <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Erscheinungsbild</translation>
    </message>
  </context>
  <context>
    <name>SavedDot</name>
    <message>
      <source>Every stroke is on the disk. There is nothing to save.</source>
      <translation>Jeder Strich ist auf dem Datenträger. Es gibt nichts zu speichern.</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>nur lesen</translation>
    </message>
    <message>
      <source>saved</source>
      <translation>gespeichert</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>writing…</source>
      <translation>schreibt…</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Change keys…</source>
      <translation>Tasten ändern…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Keys and mouse like</source>
      <translation>Tasten und Maus wie</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
  </context>
  <context>
    <name>SliceBar</name>
    <message>
      <source>Play the frames</source>
      <translation>Bilder abspielen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Three planes of a volume, or one</source>
      <translation>Drei Ebenen eines Volumens oder eine</translation>
    </message>
    <message>
      <source>{rate} /s</source>
      <translation>{rate} /s</translation>
    </message>
  </context>
  <context>
    <name>StartPage</name>
    <message>
      <source>A folder's project file, NAME.urwkv, lies in the folder itself, or among your own data where the folder can't be written.</source>
      <translation>Die Projektdatei NAME.urwkv liegt im Ordner selbst oder, ist er nicht beschreibbar, bei Ihren eigenen Daten.</translation>
    </message>
    <message>
      <source>Medical images with the outlines already drawn: correct, accept, export. Offline.</source>
      <translation>Medizinische Bilder mit schon gezeichneten Umrissen: korrigieren, annehmen, exportieren. Offline.</translation>
    </message>
    <message>
      <source>Not a medical device; for review by a qualified reader.</source>
      <translation>Kein Medizinprodukt; zur Durchsicht durch qualifizierte Befunder.</translation>
    </message>
    <message>
      <source>Open a folder of images</source>
      <translation>Einen Ordner mit Bildern öffnen</translation>
    </message>
    <message>
      <source>Open folder…</source>
      <translation>Ordner öffnen…</translation>
    </message>
    <message>
      <source>Open sample project</source>
      <translation>Beispielprojekt öffnen</translation>
    </message>
    <message>
      <source>Open the sample project</source>
      <translation>Das Beispielprojekt öffnen</translation>
    </message>
    <message>
      <source>RECENT PROJECTS</source>
      <translation>ZULETZT GEÖFFNET</translation>
    </message>
    <message>
      <source>not there any more</source>
      <translation>nicht mehr da</translation>
    </message>
    <message>
      <source>or drop a folder here</source>
      <translation>oder einen Ordner hierher ziehen</translation>
    </message>
    <message>
      <source>{done} of {total} accepted</source>
      <translation>{done} von {total} angenommen</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>Reader</source>
      <translation>Befunder</translation>
    </message>
    <message>
      <source>Reader: {name}</source>
      <translation>Befunder: {name}</translation>
    </message>
    <message>
      <source>The reader whose name stands beside each edit. Press to change it.</source>
      <translation>Der Befunder, dessen Name neben jeder Änderung steht. Zum Ändern drücken.</translation>
    </message>
    <message>
      <source>Whose name shall stand beside the edits?</source>
      <translation>Wessen Name soll neben den Änderungen stehen?</translation>
    </message>
  </context>
  <context>
    <name>Timeline</name>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
  </context>
  <context>
    <name>ToolStrip</name>
    <message>
      <source>Nothing to redo</source>
      <translation>Nichts zu wiederholen</translation>
    </message>
    <message>
      <source>Nothing to undo</source>
      <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
      <source>Operations on the label</source>
      <translation>Operationen am Label</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Redo {what}</source>
      <translation>Wiederholen: {what}</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>Werkzeuge</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo {what}</source>
      <translation>Rückgängig: {what}</translation>
    </message>
  </context>
  <context>
    <name>WorklistPanel</name>
    <message>
      <source>Accepted cases</source>
      <translation>Angenommene Fälle</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Flagged</source>
      <translation>Markiert</translation>
    </message>
    <message>
      <source>No case is called so.</source>
      <translation>Kein Fall heißt so.</translation>
    </message>
    <message>
      <source>No case is flagged.</source>
      <translation>Kein Fall ist markiert.</translation>
    </message>
    <message>
      <source>No case is open.</source>
      <translation>Kein Fall ist offen.</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Project menu of {name}</source>
      <translation>Projektmenü von {name}</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Search the worklist</source>
      <translation>Arbeitsliste durchsuchen</translation>
    </message>
    <message>
      <source>Worklist</source>
      <translation>Arbeitsliste</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>_Row</name>
    <message>
      <source>Remove this measurement</source>
      <translation>Diese Messung entfernen</translation>
    </message>
  </context>
  <context>
    <name>actions</name>
    <message>
      <source>Accept and stay</source>
      <translation>Annehmen und bleiben</translation>
    </message>
    <message>
      <source>Accept, go to the next open case</source>
      <translation>Annehmen, zum nächsten offenen Fall</translation>
    </message>
    <message>
      <source>Another plane in the large view</source>
      <translation>Andere Ebene in der großen Ansicht</translation>
    </message>
    <message>
      <source>Close the open outline</source>
      <translation>Offenen Umriss schließen</translation>
    </message>
    <message>
      <source>Empty the active label here</source>
      <translation>Das aktive Label hier leeren</translation>
    </message>
    <message>
      <source>Exclude from exports</source>
      <translation>Von Exporten ausschließen</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>Fainter fill</source>
      <translation>Füllung blasser</translation>
    </message>
    <message>
      <source>Fill, outline, both</source>
      <translation>Fläche, Umriss, beides</translation>
    </message>
    <message>
      <source>First slice</source>
      <translation>Erste Schicht</translation>
    </message>
    <message>
      <source>Fit the window</source>
      <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
      <source>Flag with a comment</source>
      <translation>Mit Kommentar markieren</translation>
    </message>
    <message>
      <source>Further away</source>
      <translation>Weiter weg</translation>
    </message>
    <message>
      <source>Give up the gesture or the suggestion</source>
      <translation>Geste oder Vorschlag aufgeben</translation>
    </message>
    <message>
      <source>Hide the mask (hold or tap)</source>
      <translation>Maske ausblenden (halten oder tippen)</translation>
    </message>
    <message>
      <source>Higher threshold, larger tolerance</source>
      <translation>Höhere Schwelle, größere Toleranz</translation>
    </message>
    <message>
      <source>Import a mask…</source>
      <translation>Maske importieren …</translation>
    </message>
    <message>
      <source>Include again</source>
      <translation>Wieder einschließen</translation>
    </message>
    <message>
      <source>Inspector shown or not</source>
      <translation>Inspektor zeigen oder nicht</translation>
    </message>
    <message>
      <source>Invert the grey values</source>
      <translation>Grauwerte umkehren</translation>
    </message>
    <message>
      <source>Label {number}</source>
      <translation>Label {number}</translation>
    </message>
    <message>
      <source>Larger brush</source>
      <translation>Größerer Pinsel</translation>
    </message>
    <message>
      <source>Last slice</source>
      <translation>Letzte Schicht</translation>
    </message>
    <message>
      <source>Left button: cross-hair, or the tool</source>
      <translation>Linke Taste: Fadenkreuz oder Werkzeug</translation>
    </message>
    <message>
      <source>Lower threshold, smaller tolerance</source>
      <translation>Niedrigere Schwelle, kleinere Toleranz</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Näher heran</translation>
    </message>
    <message>
      <source>Next case</source>
      <translation>Nächster Fall</translation>
    </message>
    <message>
      <source>Next label</source>
      <translation>Nächstes Label</translation>
    </message>
    <message>
      <source>Next open case</source>
      <translation>Nächster offener Fall</translation>
    </message>
    <message>
      <source>Next slice</source>
      <translation>Nächste Schicht</translation>
    </message>
    <message>
      <source>No tool: only look</source>
      <translation>Kein Werkzeug: nur schauen</translation>
    </message>
    <message>
      <source>One to one</source>
      <translation>Eins zu eins</translation>
    </message>
    <message>
      <source>Operations…</source>
      <translation>Operationen …</translation>
    </message>
    <message>
      <source>Play faster</source>
      <translation>Schneller abspielen</translation>
    </message>
    <message>
      <source>Play slower</source>
      <translation>Langsamer abspielen</translation>
    </message>
    <message>
      <source>Play the frames, or stop</source>
      <translation>Bilder abspielen oder anhalten</translation>
    </message>
    <message>
      <source>Previous case</source>
      <translation>Voriger Fall</translation>
    </message>
    <message>
      <source>Previous label</source>
      <translation>Voriges Label</translation>
    </message>
    <message>
      <source>Previous slice</source>
      <translation>Vorige Schicht</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Run the network again</source>
      <translation>Netz noch einmal ausführen</translation>
    </message>
    <message>
      <source>Show or hide the patient's data</source>
      <translation>Patientendaten zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Smaller brush</source>
      <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
      <source>Stronger fill</source>
      <translation>Füllung kräftiger</translation>
    </message>
    <message>
      <source>Take the band from under the brush</source>
      <translation>Wertebereich unter dem Pinsel übernehmen</translation>
    </message>
    <message>
      <source>Take the outline's last point back</source>
      <translation>Letzten Punkt des Umrisses zurücknehmen</translation>
    </message>
    <message>
      <source>Teach the network…</source>
      <translation>Das Netz lehren…</translation>
    </message>
    <message>
      <source>The image's own window</source>
      <translation>Das eigene Fenster des Bildes</translation>
    </message>
    <message>
      <source>The last operation again</source>
      <translation>Letzte Operation wiederholen</translation>
    </message>
    <message>
      <source>The network's answer beside the mask</source>
      <translation>Antwort des Netzes neben der Maske</translation>
    </message>
    <message>
      <source>The network's answer left of a divider</source>
      <translation>Antwort des Netzes links einer Trennlinie</translation>
    </message>
    <message>
      <source>The network's probability, its doubt</source>
      <translation>Wahrscheinlichkeit, Zweifel des Netzes</translation>
    </message>
    <message>
      <source>Three planes of a volume, or one</source>
      <translation>Drei Ebenen eines Volumens oder eine</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Where each pixel comes from</source>
      <translation>Woher jedes Pixel stammt</translation>
    </message>
    <message>
      <source>Worklist shown or not</source>
      <translation>Arbeitsliste zeigen oder nicht</translation>
    </message>
  </context>
  <context>
    <name>core</name>
    <message>
      <source>--folds needs --fold K: the rows that validate.</source>
      <translation>--folds braucht --fold K: die Zeilen, die validieren.</translation>
    </message>
    <message>
      <source>3D ball</source>
      <translation>3D-Kugel</translation>
    </message>
    <message>
      <source>3D, through the slices</source>
      <translation>3D, durch die Schichten</translation>
    </message>
    <message>
      <source>A case that is new has no mask to export.</source>
      <translation>Ein neuer Fall hat keine Maske, die man exportieren könnte.</translation>
    </message>
    <message>
      <source>A contour lies {distance} mm beside the image's slices.</source>
      <translation>Eine Kontur liegt {distance} mm neben den Schichten des Bildes.</translation>
    </message>
    <message>
      <source>A decay of its attention is above 30, where the graph would lose small values.</source>
      <translation>Ein Abklingwert seiner Attention liegt über 30; dort verlöre der Graph kleine Werte.</translation>
    </message>
    <message>
      <source>A fractional mask: what is at least {share} % belongs to it.</source>
      <translation>Eine Maske mit Anteilen: Was mindestens {share} % hat, gehört dazu.</translation>
    </message>
    <message>
      <source>A lesson is at work in {out} already.</source>
      <translation>In {out} ist schon eine Lektion im Gang.</translation>
    </message>
    <message>
      <source>A press sets a point, Enter or a double click closes</source>
      <translation>Jeder Klick setzt einen Punkt, Eingabe oder Doppelklick schließt</translation>
    </message>
    <message>
      <source>A row of the list names neither image nor id.</source>
      <translation>Eine Zeile der Liste nennt weder image noch id.</translation>
    </message>
    <message>
      <source>A side of {size} pixels is no multiple of {stride}.</source>
      <translation>Eine Seite von {size} Pixeln ist kein Vielfaches von {stride}.</translation>
    </message>
    <message>
      <source>A slice and its neighbours are three channels, and mean and sd are given for {count}.</source>
      <translation>Eine Schicht und ihre Nachbarn sind drei Kanäle, und mean und sd stehen da für {count}.</translation>
    </message>
    <message>
      <source>A stroke changed nothing.</source>
      <translation>Ein Strich hat nichts geändert.</translation>
    </message>
    <message>
      <source>A weight is no number, or too large for float16.</source>
      <translation>Ein Gewicht ist keine Zahl oder zu groß für float16.</translation>
    </message>
    <message>
      <source>A weight is too large for float16.</source>
      <translation>Ein Gewicht ist zu groß für float16.</translation>
    </message>
    <message>
      <source>Above</source>
      <translation>Über</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>Annehmen</translation>
    </message>
    <message>
      <source>Accept cases that the network has looked at, then teach it.</source>
      <translation>Nehmen Sie Fälle an, die das Netz angesehen hat, und lehren Sie es dann.</translation>
    </message>
    <message>
      <source>Accept more cases and teach it again, or take it all the same with --anyway.</source>
      <translation>Nehmen Sie mehr Fälle an und lehren Sie es noch einmal, oder übernehmen Sie es trotzdem mit --anyway.</translation>
    </message>
    <message>
      <source>Accept more cases: of ten, about one validates and one is kept aside. Thirty usually do.</source>
      <translation>Nehmen Sie mehr Fälle an: Von zehn prüft etwa einer das Lernen, und einer bleibt beiseite. Dreißig genügen meist.</translation>
    </message>
    <message>
      <source>Accepted cases are of several models: {names}.</source>
      <translation>Die angenommenen Fälle sind von mehreren Modellen: {names}.</translation>
    </message>
    <message>
      <source>Active label</source>
      <translation>Aktives Label</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Add cases of another group; two are the least, and a score of few means little.</source>
      <translation>Fügen Sie Fälle einer anderen Gruppe hinzu; zwei sind das Mindeste, und ein Wert aus wenigen bedeutet wenig.</translation>
    </message>
    <message>
      <source>Add it there with the label that it means.</source>
      <translation>Fügen Sie sie dort mit dem Label hinzu, das sie bedeutet.</translation>
    </message>
    <message>
      <source>Adopting a model</source>
      <translation>Ein Modell wird übernommen</translation>
    </message>
    <message>
      <source>Adopting the model of {lesson}.</source>
      <translation>Das Modell von {lesson} übernehmen.</translation>
    </message>
    <message>
      <source>All labels</source>
      <translation>Alle Labels</translation>
    </message>
    <message>
      <source>An identifier of this file is not of the kind that DICOM allows.</source>
      <translation>Eine Kennung dieser Datei ist nicht von der Art, die DICOM erlaubt.</translation>
    </message>
    <message>
      <source>An input of {width} x {height} pixels is none: multiples of {stride} up to {limit} are.</source>
      <translation>{width} x {height} Pixel sind keine Eingabe: Möglich sind Vielfache von {stride} bis {limit}.</translation>
    </message>
    <message>
      <source>Another file carries its identifier with other content.</source>
      <translation>Eine andere Datei trägt dieselbe Kennung mit anderem Inhalt.</translation>
    </message>
    <message>
      <source>Another model is called {name} too.</source>
      <translation>Ein anderes Modell heißt ebenfalls {name}.</translation>
    </message>
    <message>
      <source>Another window has taken this project over.</source>
      <translation>Ein anderes Fenster hat dieses Projekt übernommen.</translation>
    </message>
    <message>
      <source>Another window writes to this project: process {pid} of {user} on {host}. Here it is open for reading only.</source>
      <translation>Ein anderes Fenster schreibt in dieses Projekt: Prozess {pid} von {user} auf {host}. Hier ist es nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>Area</source>
      <translation>Fläche</translation>
    </message>
    <message>
      <source>Ask for the right to read it. Everything else opens.</source>
      <translation>Bitten Sie um das Recht, ihn zu lesen. Alles andere wird geöffnet.</translation>
    </message>
    <message>
      <source>At a place</source>
      <translation>An einer Stelle</translation>
    </message>
    <message>
      <source>Back to the network</source>
      <translation>Zurück zum Netz</translation>
    </message>
    <message>
      <source>Background that the label encloses becomes the label.</source>
      <translation>Hintergrund, den das Label umschließt, wird zum Label.</translation>
    </message>
    <message>
      <source>Begin the lesson anew.</source>
      <translation>Beginnen Sie die Lektion neu.</translation>
    </message>
    <message>
      <source>Begin with a model of the recipe's graph, variant and labels, or without --from.</source>
      <translation>Beginnen Sie mit einem Modell von Graph, Variante und Labels des Rezepts, oder ohne --from.</translation>
    </message>
    <message>
      <source>Bring the file back, or leave the link out.</source>
      <translation>Holen Sie die Datei zurück, oder lassen Sie die Verknüpfung weg.</translation>
    </message>
    <message>
      <source>Brush</source>
      <translation>Pinsel</translation>
    </message>
    <message>
      <source>Brush, removing</source>
      <translation>Pinsel, entfernend</translation>
    </message>
    <message>
      <source>Bytes that belong to nothing stand after the pixels.</source>
      <translation>Hinter den Pixeln stehen Bytes, die zu nichts gehören.</translation>
    </message>
    <message>
      <source>Calibrate int8 on {count} training images.</source>
      <translation>int8 wird an {count} Trainingsbildern kalibriert.</translation>
    </message>
    <message>
      <source>Check that it is still there and that you may read it.</source>
      <translation>Prüfen Sie, ob sie noch da ist und ob Sie sie lesen dürfen.</translation>
    </message>
    <message>
      <source>Check that you may read it, or choose another one.</source>
      <translation>Prüfen Sie, ob Sie ihn lesen dürfen, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Checking {title}</source>
      <translation>{title} wird geprüft</translation>
    </message>
    <message>
      <source>Choose a .urwkv file that you may read.</source>
      <translation>Wählen Sie eine .urwkv-Datei, die Sie lesen dürfen.</translation>
    </message>
    <message>
      <source>Choose a .urwkv file, or open the folder of images.</source>
      <translation>Wählen Sie eine .urwkv-Datei, oder öffnen Sie den Ordner mit den Bildern.</translation>
    </message>
    <message>
      <source>Choose a folder elsewhere.</source>
      <translation>Wählen Sie einen Ordner anderswo.</translation>
    </message>
    <message>
      <source>Choose a folder of images or a .urwkv file.</source>
      <translation>Wählen Sie einen Ordner mit Bildern oder eine .urwkv-Datei.</translation>
    </message>
    <message>
      <source>Choose an empty folder, or one that is not there yet.</source>
      <translation>Wählen Sie einen leeren Ordner oder einen, den es noch nicht gibt.</translation>
    </message>
    <message>
      <source>Choose an empty folder.</source>
      <translation>Wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
      <source>Choose another folder and export again; what was written is whole.</source>
      <translation>Wählen Sie einen anderen Ordner und exportieren Sie noch einmal; was geschrieben wurde, ist vollständig.</translation>
    </message>
    <message>
      <source>Choose another folder, or make room there.</source>
      <translation>Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.</translation>
    </message>
    <message>
      <source>Choose another name with --name.</source>
      <translation>Wählen Sie mit --name einen anderen Namen.</translation>
    </message>
    <message>
      <source>Choose another one, or ask for the right to read it.</source>
      <translation>Wählen Sie einen anderen, oder bitten Sie um das Leserecht.</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Choose the CPU.</source>
      <translation>Wählen Sie die CPU.</translation>
    </message>
    <message>
      <source>Choose the folder in which the images lie.</source>
      <translation>Wählen Sie den Ordner, in dem die Bilder liegen.</translation>
    </message>
    <message>
      <source>Choose the folder to which they were moved.</source>
      <translation>Wählen Sie den Ordner, in den sie verschoben wurden.</translation>
    </message>
    <message>
      <source>Choose the one label that counts with --label, or take the case out of the list.</source>
      <translation>Wählen Sie mit --label das eine Label, das zählt, oder nehmen Sie den Fall aus der Liste.</translation>
    </message>
    <message>
      <source>Choosing a model.</source>
      <translation>Ein Modell wählen.</translation>
    </message>
    <message>
      <source>Clear the marks</source>
      <translation>Vermerke entfernen</translation>
    </message>
    <message>
      <source>Close other programs and export again.</source>
      <translation>Schließen Sie andere Programme und exportieren Sie erneut.</translation>
    </message>
    <message>
      <source>Close the other window, or open a project that can be written.</source>
      <translation>Schließen Sie das andere Fenster, oder öffnen Sie ein Projekt, in das geschrieben werden kann.</translation>
    </message>
    <message>
      <source>Compare it with the recipes that come with the program.</source>
      <translation>Vergleichen Sie es mit den Rezepten, die dem Programm beiliegen.</translation>
    </message>
    <message>
      <source>Compare the graph with torch.</source>
      <translation>Den Graphen mit torch vergleichen.</translation>
    </message>
    <message>
      <source>Comparing with the network</source>
      <translation>Vergleich mit dem Netz</translation>
    </message>
    <message>
      <source>Copies of DICOM images leave de-identified only.</source>
      <translation>Kopien von DICOM-Bildern gehen nur de-identifiziert hinaus.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy from the next slice</source>
      <translation>Aus der nächsten Schicht kopieren</translation>
    </message>
    <message>
      <source>Copy from the previous case</source>
      <translation>Aus dem vorigen Fall kopieren</translation>
    </message>
    <message>
      <source>Copy from the previous slice</source>
      <translation>Aus der vorigen Schicht kopieren</translation>
    </message>
    <message>
      <source>Copy it again from where it came, or leave it out.</source>
      <translation>Kopieren Sie sie noch einmal von ihrem Ursprung, oder lassen Sie sie weg.</translation>
    </message>
    <message>
      <source>Copy it again from where it came.</source>
      <translation>Kopieren Sie sie noch einmal von ihrem Ursprung.</translation>
    </message>
    <message>
      <source>Cuts off the larger part of {label} while Ctrl is held</source>
      <translation>Schneidet den größeren Teil von {label} ab, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Damaged: the file ends in the middle of the image; what follows is empty. Nothing is predicted here, and it can be neither accepted nor exported.</source>
      <translation>Beschädigt: Die Datei endet mitten im Bild; was folgt, ist leer. Hier wird nichts vorhergesagt, und es kann weder angenommen noch exportiert werden.</translation>
    </message>
    <message>
      <source>Damaged: {have} of {need} frames are there. Nothing is predicted here, and it can be neither accepted nor exported.</source>
      <translation>Beschädigt: {have} von {need} Bildern sind da. Hier wird nichts vorhergesagt, und es kann weder angenommen noch exportiert werden.</translation>
    </message>
    <message>
      <source>Damaged: {have} of {need} rows are there. Nothing is predicted here, and it can be neither accepted nor exported.</source>
      <translation>Beschädigt: {have} von {need} Zeilen sind da. Hier wird nichts vorhergesagt, und es kann weder angenommen noch exportiert werden.</translation>
    </message>
    <message>
      <source>De-identifying this case.</source>
      <translation>De-identifizieren dieses Falls.</translation>
    </message>
    <message>
      <source>De-identifying.</source>
      <translation>De-identifizieren.</translation>
    </message>
    <message>
      <source>Decoding</source>
      <translation>Decodieren</translation>
    </message>
    <message>
      <source>Decoding it needs far more memory than its size explains; it is damaged or hostile.</source>
      <translation>Das Decodieren braucht weit mehr Speicher, als die Größe der Datei erklärt; sie ist beschädigt oder bösartig.</translation>
    </message>
    <message>
      <source>Decoding it took longer than {seconds} s and was given up.</source>
      <translation>Das Decodieren dauerte länger als {seconds} s und wurde aufgegeben.</translation>
    </message>
    <message>
      <source>Did you mean {name}?</source>
      <translation>Meinten Sie {name}?</translation>
    </message>
    <message>
      <source>Disc</source>
      <translation>Scheibe</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Abstand</translation>
    </message>
    <message>
      <source>Divide the cases into those that train and those that validate.</source>
      <translation>Die Fälle in solche zum Trainieren und solche zum Validieren teilen.</translation>
    </message>
    <message>
      <source>Draw around it</source>
      <translation>Umfahren</translation>
    </message>
    <message>
      <source>Draw around what is measured · Ctrl measures a length</source>
      <translation>Umfahren, was gemessen wird · Strg misst eine Länge</translation>
    </message>
    <message>
      <source>Draw from one end to the other · Ctrl measures an area</source>
      <translation>Von einem Ende zum anderen ziehen · Strg misst eine Fläche</translation>
    </message>
    <message>
      <source>Draw the right outline of {label}, from edge to edge · Ctrl keeps the smaller part</source>
      <translation>Den richtigen Rand von {label} zeichnen, von Rand zu Rand · Strg behält den kleineren Teil</translation>
    </message>
    <message>
      <source>Drop small islands</source>
      <translation>Kleine Inseln entfernen</translation>
    </message>
    <message>
      <source>Each pixel has a colour of its own; its header says every other one.</source>
      <translation>Jedes Pixel hat seine eigene Farbe; der Kopf der Datei sagt, nur jedes zweite.</translation>
    </message>
    <message>
      <source>Each process is left {count} picture of {size} pixels a step.</source>
      <translation>Jedem Prozess bleibt je Schritt {count} Bild mit {size} Pixeln.</translation>
    </message>
    <message>
      <source>Empty {label}</source>
      <translation>{label} leeren</translation>
    </message>
    <message>
      <source>Eraser</source>
      <translation>Radierer</translation>
    </message>
    <message>
      <source>Eraser, adding</source>
      <translation>Radierer, hinzufügend</translation>
    </message>
    <message>
      <source>Every gap between two drawn slices of the label is filled, as a suggestion.</source>
      <translation>Jede Lücke zwischen zwei gezeichneten Schichten des Labels wird als Vorschlag gefüllt.</translation>
    </message>
    <message>
      <source>Every slice</source>
      <translation>Alle Schichten</translation>
    </message>
    <message>
      <source>Exclude</source>
      <translation>Ausschließen</translation>
    </message>
    <message>
      <source>Export again.</source>
      <translation>Exportieren Sie noch einmal.</translation>
    </message>
    <message>
      <source>Export it again from the program that made it.</source>
      <translation>Exportieren Sie sie noch einmal aus dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
      <source>Export it as a training set.</source>
      <translation>Exportieren Sie es als Trainingsdatensatz.</translation>
    </message>
    <message>
      <source>Export this case as COCO or PNG.</source>
      <translation>Exportieren Sie diesen Fall als COCO oder PNG.</translation>
    </message>
    <message>
      <source>Export this case as COCO or as a training set.</source>
      <translation>Exportieren Sie diesen Fall als COCO oder als Trainingssatz.</translation>
    </message>
    <message>
      <source>Export this case as COCO.</source>
      <translation>Exportieren Sie diesen Fall als COCO.</translation>
    </message>
    <message>
      <source>Export this case as DICOM SEG or COCO.</source>
      <translation>Exportieren Sie diesen Fall als DICOM SEG oder COCO.</translation>
    </message>
    <message>
      <source>Export this case as NIfTI or PNG.</source>
      <translation>Exportieren Sie diesen Fall als NIfTI oder PNG.</translation>
    </message>
    <message>
      <source>Export this case as NIfTI, PNG or COCO.</source>
      <translation>Exportieren Sie diesen Fall als NIfTI, PNG oder COCO.</translation>
    </message>
    <message>
      <source>Export this case as NIfTI, PNG or COCO; everything else goes on.</source>
      <translation>Exportieren Sie diesen Fall als NIfTI, PNG oder COCO; alles Übrige geht weiter.</translation>
    </message>
    <message>
      <source>Export with --deidentify, or choose De-identify.</source>
      <translation>Exportieren Sie mit --deidentify, oder wählen Sie De-identifizieren.</translation>
    </message>
    <message>
      <source>Export {name}.</source>
      <translation>{name} exportieren.</translation>
    </message>
    <message>
      <source>Exporting</source>
      <translation>Export</translation>
    </message>
    <message>
      <source>Exporting this case.</source>
      <translation>Diesen Fall exportieren.</translation>
    </message>
    <message>
      <source>Exporting {title}.</source>
      <translation>{title} exportieren.</translation>
    </message>
    <message>
      <source>Exporting.</source>
      <translation>Exportieren.</translation>
    </message>
    <message>
      <source>Fill holes</source>
      <translation>Löcher füllen</translation>
    </message>
    <message>
      <source>Fills joined pixels within ± {amount} through the slices with {label} · Drag for more or less · Enter takes it · Ctrl removes</source>
      <translation>Füllt verbundene Pixel innerhalb ± {amount} durch die Schichten mit {label} · Ziehen für mehr oder weniger · Enter übernimmt · Strg entfernt</translation>
    </message>
    <message>
      <source>Fills joined pixels within ± {amount} with {label} · Drag for more or less · Ctrl removes</source>
      <translation>Füllt verbundene Pixel innerhalb ± {amount} mit {label} · Ziehen für mehr oder weniger · Strg entfernt</translation>
    </message>
    <message>
      <source>Fills the region under the hand that is above {percent} with {label} · Ctrl removes where it is not</source>
      <translation>Füllt das Gebiet unter der Hand, das über {percent} liegt, mit {label} · Strg entfernt, wo es das nicht tut</translation>
    </message>
    <message>
      <source>Find out what the masks mean.</source>
      <translation>Herausfinden, was die Masken bedeuten.</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>Markieren</translation>
    </message>
    <message>
      <source>Flood fill</source>
      <translation>Füllen</translation>
    </message>
    <message>
      <source>Flood fill, removing</source>
      <translation>Füllen, entfernend</translation>
    </message>
    <message>
      <source>Follows edges, a press fixes the line, Enter closes</source>
      <translation>Folgt den Kanten, ein Klick hält die Linie fest, Eingabe schließt</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Give all cases of one group the same fold or split; otherwise the score means nothing.</source>
      <translation>Geben Sie allen Fällen einer Gruppe denselben Fold oder Split; sonst besagt das Ergebnis nichts.</translation>
    </message>
    <message>
      <source>Give both the same group, or take one out of the list.</source>
      <translation>Geben Sie beiden dieselbe Gruppe, oder nehmen Sie eines aus der Liste.</translation>
    </message>
    <message>
      <source>Given up: nothing was changed.</source>
      <translation>Abgebrochen: Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Go on there, or close it and open the project here again.</source>
      <translation>Machen Sie dort weiter, oder schließen Sie es und öffnen Sie das Projekt hier wieder.</translation>
    </message>
    <message>
      <source>Go on with a training run.</source>
      <translation>Einen Trainingslauf fortsetzen.</translation>
    </message>
    <message>
      <source>Group {group} stands on both sides: {first} and {second}.</source>
      <translation>Gruppe {group} steht auf beiden Seiten: {first} und {second}.</translation>
    </message>
    <message>
      <source>Grow</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Images are decoded by other versions than when this project was last open.</source>
      <translation>Bilder werden von anderen Versionen dekodiert als beim letzten Öffnen dieses Projekts.</translation>
    </message>
    <message>
      <source>Import it into the images on which it was drawn.</source>
      <translation>Importieren Sie sie in die Bilder, auf denen sie gezeichnet wurde.</translation>
    </message>
    <message>
      <source>Import it with resampling: every voxel takes the label that lies nearest.</source>
      <translation>Importieren Sie sie mit Umrechnung: Jedes Voxel nimmt das nächstgelegene Label.</translation>
    </message>
    <message>
      <source>Import it with the order of the file: the later label covers the earlier one.</source>
      <translation>Importieren Sie sie in der Reihenfolge der Datei: Das spätere Label deckt das frühere zu.</translation>
    </message>
    <message>
      <source>Import them into the images on which they were drawn.</source>
      <translation>Importieren Sie sie in die Bilder, auf denen sie gezeichnet wurden.</translation>
    </message>
    <message>
      <source>Import {name}.</source>
      <translation>{name} importieren.</translation>
    </message>
    <message>
      <source>Imported mask</source>
      <translation>Importierte Maske</translation>
    </message>
    <message>
      <source>Importing a mask</source>
      <translation>Maske wird importiert</translation>
    </message>
    <message>
      <source>Importing this mask.</source>
      <translation>Import dieser Maske.</translation>
    </message>
    <message>
      <source>In every slice</source>
      <translation>In jeder Schicht</translation>
    </message>
    <message>
      <source>In this folder stands a de-identified export: names beside its codes would tell who is who.</source>
      <translation>In diesem Ordner steht ein de-identifizierter Export: Namen neben seinen Kürzeln würden verraten, wer wer ist.</translation>
    </message>
    <message>
      <source>In this folder stands an export that was not de-identified.</source>
      <translation>In diesem Ordner steht ein Export, der nicht de-identifiziert ist.</translation>
    </message>
    <message>
      <source>In {name} there is none of this project's images.</source>
      <translation>In {name} liegt keines der Bilder dieses Projekts.</translation>
    </message>
    <message>
      <source>Inside</source>
      <translation>Innen</translation>
    </message>
    <message>
      <source>Inside a lasso</source>
      <translation>Im Lasso</translation>
    </message>
    <message>
      <source>Install it again, or open a folder of images.</source>
      <translation>Installieren Sie es neu, oder öffnen Sie einen Ordner mit Bildern.</translation>
    </message>
    <message>
      <source>Install the model again; the other models are not affected.</source>
      <translation>Installieren Sie das Modell neu; die anderen Modelle sind nicht betroffen.</translation>
    </message>
    <message>
      <source>Install the program again.</source>
      <translation>Installieren Sie das Programm neu.</translation>
    </message>
    <message>
      <source>Install the program with: pip install 'urwkv-desktop[train]'.</source>
      <translation>Installieren Sie das Programm mit: pip install 'urwkv-desktop[train]'.</translation>
    </message>
    <message>
      <source>Install urwkv-desktop[train], or choose the CPU.</source>
      <translation>Installieren Sie urwkv-desktop[train], oder wählen Sie die CPU.</translation>
    </message>
    <message>
      <source>Interpolate</source>
      <translation>Interpolieren</translation>
    </message>
    <message>
      <source>Interpolate between slices</source>
      <translation>Zwischen Schichten interpolieren</translation>
    </message>
    <message>
      <source>Islands of the label below a size go.</source>
      <translation>Inseln des Labels unter einer Größe verschwinden.</translation>
    </message>
    <message>
      <source>Islands or distances of a volume are wrong.</source>
      <translation>Inseln oder Abstände eines Volumens stimmen nicht.</translation>
    </message>
    <message>
      <source>It asks for code to be run ({code}). That is never done here.</source>
      <translation>Sie verlangt, dass Code ausgeführt wird ({code}). Das geschieht hier nie.</translation>
    </message>
    <message>
      <source>It can't be read: {reason}.</source>
      <translation>Sie kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>It cannot be copied to {folder}: {reason}.</source>
      <translation>Es kann nicht nach {folder} kopiert werden: {reason}.</translation>
    </message>
    <message>
      <source>It cannot be written: {reason}.</source>
      <translation>Sie kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>It has {size} MB; no U-RWKV is larger than {limit} MB.</source>
      <translation>Sie hat {size} MB; kein U-RWKV ist größer als {limit} MB.</translation>
    </message>
    <message>
      <source>It holds no safetensors.</source>
      <translation>Sie enthält keine safetensors.</translation>
    </message>
    <message>
      <source>It holds no state dict.</source>
      <translation>Sie enthält kein State-Dict.</translation>
    </message>
    <message>
      <source>It holds no state dict: {name} is no tensor.</source>
      <translation>Sie enthält kein State-Dict: {name} ist kein Tensor.</translation>
    </message>
    <message>
      <source>It is a slide of microscopy, whose tiles no segmentation of ours refers to.</source>
      <translation>Es ist ein Mikroskopie-Präparat; auf dessen Kacheln bezieht sich unsere Segmentierung nicht.</translation>
    </message>
    <message>
      <source>It is among the models already, as {name}.</source>
      <translation>Es ist schon unter den Modellen, als {name}.</translation>
    </message>
    <message>
      <source>It is damaged or hostile. Copy it again from where it came, or leave it out.</source>
      <translation>Sie ist beschädigt oder bösartig. Kopieren Sie sie noch einmal von ihrem Ursprung, oder lassen Sie sie weg.</translation>
    </message>
    <message>
      <source>It is larger than any list of cases.</source>
      <translation>Sie ist größer als jede Liste von Fällen.</translation>
    </message>
    <message>
      <source>It is left out; everything else opens.</source>
      <translation>Sie wird ausgelassen; alles andere wird geöffnet.</translation>
    </message>
    <message>
      <source>It is no CSV: {reason}.</source>
      <translation>Sie ist keine CSV-Datei: {reason}.</translation>
    </message>
    <message>
      <source>It is no U-RWKV: its widths are {dims}, its expansion {wide} of {narrow}.</source>
      <translation>Es ist kein U-RWKV: Die Breiten sind {dims}, die Aufweitung {wide} aus {narrow}.</translation>
    </message>
    <message>
      <source>It is no U-RWKV: {name} is missing or of another shape.</source>
      <translation>Es ist kein U-RWKV: {name} fehlt oder hat eine andere Form.</translation>
    </message>
    <message>
      <source>It is no file that torch.save wrote, or it is damaged.</source>
      <translation>Es ist keine Datei, die torch.save geschrieben hat, oder sie ist beschädigt.</translation>
    </message>
    <message>
      <source>It is no file that torch.save wrote.</source>
      <translation>Es ist keine Datei, die torch.save geschrieben hat.</translation>
    </message>
    <message>
      <source>It is no file.</source>
      <translation>Es ist keine Datei.</translation>
    </message>
    <message>
      <source>It needs cases to calibrate on and others to measure on.</source>
      <translation>Es braucht Fälle zum Kalibrieren und andere zum Messen.</translation>
    </message>
    <message>
      <source>It reads {formats}.</source>
      <translation>Es liest {formats}.</translation>
    </message>
    <message>
      <source>It was left out of the export.</source>
      <translation>Er wurde im Export ausgelassen.</translation>
    </message>
    <message>
      <source>It was made for the graph {graph} with the shift {shift}, which this program does not have.</source>
      <translation>Es wurde für den Graphen {graph} mit der Verschiebung {shift} gemacht, die dieses Programm nicht hat.</translation>
    </message>
    <message>
      <source>It was not given its name. Check the disk and export again.</source>
      <translation>Die Datei erhielt ihren Namen nicht. Prüfen Sie den Datenträger und exportieren Sie noch einmal.</translation>
    </message>
    <message>
      <source>It was not opened. The limit can be raised in the settings.</source>
      <translation>Sie wurde nicht geöffnet. Die Grenze lässt sich in den Einstellungen erhöhen.</translation>
    </message>
    <message>
      <source>It was not replaced. Choose another folder.</source>
      <translation>Sie wurde nicht ersetzt. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>It was not written. Rename the label or file that holds it, or leave the case out.</source>
      <translation>Es wurde nicht geschrieben. Benennen Sie das Label oder die Datei um, die ihn enthält, oder lassen Sie den Fall aus.</translation>
    </message>
    <message>
      <source>It was stopped.</source>
      <translation>Es wurde angehalten.</translation>
    </message>
    <message>
      <source>It was trained on parts of pictures, which cannot be done here.</source>
      <translation>Es wurde an Teilen von Bildern trainiert; das geht hier nicht.</translation>
    </message>
    <message>
      <source>It would unpack to {size} MB; no U-RWKV is larger than {limit} MB.</source>
      <translation>Entpackt hätte sie {size} MB; kein U-RWKV ist größer als {limit} MB.</translation>
    </message>
    <message>
      <source>Its JPEG data is damaged; parts of the picture may be wrong.</source>
      <translation>Die JPEG-Daten sind beschädigt; Teile des Bildes können falsch sein.</translation>
    </message>
    <message>
      <source>Its card does not list {file}.</source>
      <translation>Seine Karte führt {file} nicht auf.</translation>
    </message>
    <message>
      <source>Its card lists {file}, a kind of file that is not opened here.</source>
      <translation>Seine Karte führt {file} auf, eine Art von Datei, die hier nicht geöffnet wird.</translation>
    </message>
    <message>
      <source>Its card names {channels} labels for {classes} outputs.</source>
      <translation>Seine Karte nennt {channels} Labels für {classes} Ausgänge.</translation>
    </message>
    <message>
      <source>Its card needs a mean and a standard deviation for each of {count} channels.</source>
      <translation>Seine Karte braucht einen Mittelwert und eine Standardabweichung für jeden von {count} Kanälen.</translation>
    </message>
    <message>
      <source>Its card.json can't be read: {reason}.</source>
      <translation>Seine card.json ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>Its colours are stored in another way than its header says; they were read as its pixels say.</source>
      <translation>Die Farben sind anders gespeichert, als der Kopf der Datei sagt; sie wurden so gelesen, wie die Pixel es sagen.</translation>
    </message>
    <message>
      <source>Its edits cannot be read ({reason}).</source>
      <translation>Seine Änderungen sind nicht lesbar ({reason}).</translation>
    </message>
    <message>
      <source>Its files carry no identifiers that could be referred to.</source>
      <translation>Seine Dateien tragen keine Kennungen, auf die man sich beziehen könnte.</translation>
    </message>
    <message>
      <source>Its first line names neither a column image nor a column id.</source>
      <translation>Ihre erste Zeile nennt weder eine Spalte image noch eine Spalte id.</translation>
    </message>
    <message>
      <source>Its header says {declared} bits, its pixels have {found}; all of them are shown.</source>
      <translation>Der Kopf der Datei sagt {declared} Bit, die Pixel haben {found}; alle werden gezeigt.</translation>
    </message>
    <message>
      <source>Its image can't be read: {reason}.</source>
      <translation>Das Bild ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>Its image has changed since the mask was made.</source>
      <translation>Das Bild hat sich geändert, seit die Maske gemacht wurde.</translation>
    </message>
    <message>
      <source>Its images are known by their file names.</source>
      <translation>Ihre Bilder werden an ihren Dateinamen erkannt.</translation>
    </message>
    <message>
      <source>Its input of {width} x {height} pixels is no multiple of {stride}.</source>
      <translation>Sein Eingang von {width} x {height} Pixeln ist kein Vielfaches von {stride}.</translation>
    </message>
    <message>
      <source>Its letters are neither UTF-8 nor Latin-1.</source>
      <translation>Ihre Zeichen sind weder UTF-8 noch Latin-1.</translation>
    </message>
    <message>
      <source>Its model is another one than the one that was compared.</source>
      <translation>Sein Modell ist ein anderes als das verglichene.</translation>
    </message>
    <message>
      <source>Its model is worse than {name} on the cases that were kept aside.</source>
      <translation>Sein Modell ist an den beiseitegelegten Fällen schlechter als {name}.</translation>
    </message>
    <message>
      <source>Its name is more than letters, digits, - and _.</source>
      <translation>Sein Name ist mehr als Buchstaben, Ziffern, - und _.</translation>
    </message>
    <message>
      <source>Its packed content is larger than {limit}, far more than its size explains.</source>
      <translation>Ihr gepackter Inhalt ist größer als {limit}, weit mehr, als ihre Größe erklärt.</translation>
    </message>
    <message>
      <source>Its pixels lie in a form that is not copied (big endian, or no integers).</source>
      <translation>Seine Pixel liegen in einer Form vor, die nicht kopiert wird (Big Endian oder keine ganzen Zahlen).</translation>
    </message>
    <message>
      <source>Its place in the patient can't be read; it is shown as a picture.</source>
      <translation>Die Lage im Patienten ist nicht lesbar; es wird als einfaches Bild gezeigt.</translation>
    </message>
    <message>
      <source>Its rescaling can't be read; stored values are shown.</source>
      <translation>Die Umrechnung der Werte ist nicht lesbar; gezeigt werden die gespeicherten Werte.</translation>
    </message>
    <message>
      <source>Its spacing can't be read; lengths are given in pixels.</source>
      <translation>Der Pixelabstand ist nicht lesbar; Längen werden in Pixeln angegeben.</translation>
    </message>
    <message>
      <source>Its tensors are those of {graphs}, not of {graph}.</source>
      <translation>Die Tensoren sind die von {graphs}, nicht die von {graph}.</translation>
    </message>
    <message>
      <source>Its usual decoder failed; it was decoded by GDCM.</source>
      <translation>Der übliche Decoder ist gescheitert; decodiert wurde mit GDCM.</translation>
    </message>
    <message>
      <source>Its weights do not fit the network {graph} {variant} that its card names.</source>
      <translation>Seine Gewichte passen nicht zum Netz {graph} {variant}, das seine Karte nennt.</translation>
    </message>
    <message>
      <source>Its window can't be read; one is made from the values.</source>
      <translation>Das Fenster ist nicht lesbar; es wird aus den Werten bestimmt.</translation>
    </message>
    <message>
      <source>Keep one island</source>
      <translation>Eine Insel behalten</translation>
    </message>
    <message>
      <source>Keep the largest island</source>
      <translation>Größte Insel behalten</translation>
    </message>
    <message>
      <source>Keep the training run; its weights are good, and the fault is in the graph.</source>
      <translation>Behalten Sie den Trainingslauf; seine Gewichte sind gut, der Fehler liegt im Graphen.</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Labels</translation>
    </message>
    <message>
      <source>Lasso</source>
      <translation>Lasso</translation>
    </message>
    <message>
      <source>Lasso, removing</source>
      <translation>Lasso, entfernend</translation>
    </message>
    <message>
      <source>Leave the case out, or export it without de-identifying.</source>
      <translation>Lassen Sie den Fall aus, oder exportieren Sie ihn ohne De-identifizieren.</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>Länge</translation>
    </message>
    <message>
      <source>Let the network look at them, or draw, then export.</source>
      <translation>Lassen Sie das Netz sie ansehen, oder zeichnen Sie, und exportieren Sie dann.</translation>
    </message>
    <message>
      <source>Line correction</source>
      <translation>Linienkorrektur</translation>
    </message>
    <message>
      <source>Livewire</source>
      <translation>Magnetlinie</translation>
    </message>
    <message>
      <source>Livewire, removing</source>
      <translation>Magnetlinie, entfernend</translation>
    </message>
    <message>
      <source>Load the model {name}.</source>
      <translation>Das Modell {name} laden.</translation>
    </message>
    <message>
      <source>Load the network on {device}.</source>
      <translation>Das Netz auf {device} laden.</translation>
    </message>
    <message>
      <source>Load the network {name} on {device}.</source>
      <translation>Das Netz {name} auf {device} laden.</translation>
    </message>
    <message>
      <source>Loading the models</source>
      <translation>Die Modelle werden geladen</translation>
    </message>
    <message>
      <source>Loading the network</source>
      <translation>Das Netz wird geladen</translation>
    </message>
    <message>
      <source>Look at it. Where it names no one, export again and keep such images.</source>
      <translation>Sehen Sie es an. Nennt es niemanden, exportieren Sie noch einmal und behalten Sie solche Bilder.</translation>
    </message>
    <message>
      <source>Look whether the masks are those of these images.</source>
      <translation>Prüfen Sie, ob die Masken zu diesen Bildern gehören.</translation>
    </message>
    <message>
      <source>Looking for edges</source>
      <translation>Kanten suchen</translation>
    </message>
    <message>
      <source>Looking for images</source>
      <translation>Bilder werden gesucht</translation>
    </message>
    <message>
      <source>Looking for the project's images.</source>
      <translation>Die Bilder des Projekts suchen.</translation>
    </message>
    <message>
      <source>Looking for what identifies patients</source>
      <translation>Suche nach dem, was Patienten erkennbar macht</translation>
    </message>
    <message>
      <source>Looking for what identifies patients.</source>
      <translation>Suche nach dem, was Patienten erkennbar macht.</translation>
    </message>
    <message>
      <source>Looking for what identifies the patient.</source>
      <translation>Suche nach dem, was den Patienten erkennbar macht.</translation>
    </message>
    <message>
      <source>Looking through this folder needs more memory than it may take.</source>
      <translation>Die Durchsicht dieses Ordners braucht mehr Speicher, als sie nehmen darf.</translation>
    </message>
    <message>
      <source>Make an int8 graph of {name}.</source>
      <translation>Einen int8-Graphen von {name} herstellen.</translation>
    </message>
    <message>
      <source>Make room in the folder for temporary files.</source>
      <translation>Schaffen Sie Platz im Ordner für temporäre Dateien.</translation>
    </message>
    <message>
      <source>Make room or choose another folder, and export again; what was written is whole.</source>
      <translation>Schaffen Sie Platz oder wählen Sie einen anderen Ordner, und exportieren Sie noch einmal; was geschrieben wurde, ist vollständig.</translation>
    </message>
    <message>
      <source>Make room there, or copy the model to a folder of your own first.</source>
      <translation>Schaffen Sie dort Platz, oder kopieren Sie das Modell zuerst in einen eigenen Ordner.</translation>
    </message>
    <message>
      <source>Make room there, or make it writable.</source>
      <translation>Schaffen Sie dort Platz, oder machen Sie den Ordner beschreibbar.</translation>
    </message>
    <message>
      <source>Make room there, or open a folder of images.</source>
      <translation>Schaffen Sie dort Platz, oder öffnen Sie einen Ordner mit Bildern.</translation>
    </message>
    <message>
      <source>Make room, or open the folder with a project file elsewhere (--project FILE).</source>
      <translation>Schaffen Sie Platz, oder öffnen Sie den Ordner mit einer Projektdatei an anderer Stelle (--project DATEI).</translation>
    </message>
    <message>
      <source>Make the folder writable, or name a key with --split-key.</source>
      <translation>Machen Sie den Ordner beschreibbar, oder nennen Sie einen Schlüssel mit --split-key.</translation>
    </message>
    <message>
      <source>Making a project.</source>
      <translation>Ein Projekt anlegen.</translation>
    </message>
    <message>
      <source>Making small pictures</source>
      <translation>Kleine Bilder werden erstellt</translation>
    </message>
    <message>
      <source>Making the project {file}.</source>
      <translation>Das Projekt {file} anlegen.</translation>
    </message>
    <message>
      <source>Measure</source>
      <translation>Messen</translation>
    </message>
    <message>
      <source>Measure it on {count} images.</source>
      <translation>Es wird an {count} Bildern gemessen.</translation>
    </message>
    <message>
      <source>Measure the model on {count} images.</source>
      <translation>Das Modell an {count} Bildern messen.</translation>
    </message>
    <message>
      <source>Measurement</source>
      <translation>Messung</translation>
    </message>
    <message>
      <source>Measures a length while Ctrl is held</source>
      <translation>Misst eine Länge, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Measures an area while Ctrl is held</source>
      <translation>Misst eine Fläche, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Measuring the labels</source>
      <translation>Labels messen</translation>
    </message>
    <message>
      <source>NIfTI holds colour of 8 bit only.</source>
      <translation>NIfTI fasst Farbe nur mit 8 Bit.</translation>
    </message>
    <message>
      <source>Name a file in a folder that exists with --onnx.</source>
      <translation>Nennen Sie mit --onnx eine Datei in einem vorhandenen Ordner.</translation>
    </message>
    <message>
      <source>Name a file in a folder that is there and can be written.</source>
      <translation>Nennen Sie eine Datei in einem vorhandenen Ordner, in den geschrieben werden kann.</translation>
    </message>
    <message>
      <source>Name a file of U-RWKV weights: a state dict saved by torch, or safetensors.</source>
      <translation>Nennen Sie eine Datei mit U-RWKV-Gewichten: ein mit torch gespeichertes State-Dict oder safetensors.</translation>
    </message>
    <message>
      <source>Name a fold that the list holds, or give its column split both words, train and validation.</source>
      <translation>Nennen Sie einen Fold, den die Liste enthält, oder geben Sie ihrer Spalte split beide Wörter, train und validation.</translation>
    </message>
    <message>
      <source>Name a folder that holds folds.csv or cases.csv, or name images and masks.</source>
      <translation>Nennen Sie einen Ordner, der folds.csv oder cases.csv enthält, oder nennen Sie Bilder und Masken.</translation>
    </message>
    <message>
      <source>Name a label of the set with --label, or put {file} right.</source>
      <translation>Nennen Sie mit --label ein Label des Satzes, oder berichtigen Sie {file}.</translation>
    </message>
    <message>
      <source>Name a list of cases with folds, and one of them with --fold.</source>
      <translation>Nennen Sie eine Fallliste mit Folds und einen davon mit --fold.</translation>
    </message>
    <message>
      <source>Name a model, or a file that is there.</source>
      <translation>Nennen Sie ein Modell oder eine Datei, die da ist.</translation>
    </message>
    <message>
      <source>Name a recipe's file, or one of: {names}.</source>
      <translation>Nennen Sie die Datei eines Rezepts oder eines von: {names}.</translation>
    </message>
    <message>
      <source>Name a text file that holds the key (any text of 8 characters or more).</source>
      <translation>Nennen Sie eine Textdatei, die den Schlüssel enthält (beliebiger Text von 8 oder mehr Zeichen).</translation>
    </message>
    <message>
      <source>Name another file, or another model.</source>
      <translation>Nennen Sie eine andere Datei oder ein anderes Modell.</translation>
    </message>
    <message>
      <source>Name another folder with --out.</source>
      <translation>Nennen Sie mit --out einen anderen Ordner.</translation>
    </message>
    <message>
      <source>Name another folder, or make room there.</source>
      <translation>Nennen Sie einen anderen Ordner, oder schaffen Sie dort Platz.</translation>
    </message>
    <message>
      <source>Name images, or folders of images.</source>
      <translation>Nennen Sie Bilder oder Ordner mit Bildern.</translation>
    </message>
    <message>
      <source>Name one with --model.</source>
      <translation>Nennen Sie eines mit --model.</translation>
    </message>
    <message>
      <source>Name the folder that `learn --out` wrote.</source>
      <translation>Nennen Sie den Ordner, den `learn --out` geschrieben hat.</translation>
    </message>
    <message>
      <source>Neither --data nor --images with --masks was named.</source>
      <translation>Es wurden weder --data noch --images mit --masks genannt.</translation>
    </message>
    <message>
      <source>Neither a folder nor images with masks were named.</source>
      <translation>Es wurden weder ein Ordner noch Bilder mit Masken genannt.</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netz</translation>
    </message>
    <message>
      <source>No accepted case has been answered by this model, or by any.</source>
      <translation>Kein angenommener Fall wurde von diesem Modell angesehen, oder von irgendeinem.</translation>
    </message>
    <message>
      <source>No answer came.</source>
      <translation>Es kam keine Antwort.</translation>
    </message>
    <message>
      <source>No case is open that may be changed.</source>
      <translation>Es ist kein Fall geöffnet, der geändert werden darf.</translation>
    </message>
    <message>
      <source>No case is {statuses}.</source>
      <translation>Kein Fall ist {statuses}.</translation>
    </message>
    <message>
      <source>No case of this project has a mask yet.</source>
      <translation>Kein Fall dieses Projekts hat schon eine Maske.</translation>
    </message>
    <message>
      <source>No format or no status was named.</source>
      <translation>Es wurde kein Format oder kein Status genannt.</translation>
    </message>
    <message>
      <source>No image with a mask of the same name was found.</source>
      <translation>Es wurde kein Bild mit einer Maske desselben Namens gefunden.</translation>
    </message>
    <message>
      <source>No model for this image is installed.</source>
      <translation>Für dieses Bild ist kein Modell installiert.</translation>
    </message>
    <message>
      <source>No model is installed.</source>
      <translation>Es ist kein Modell installiert.</translation>
    </message>
    <message>
      <source>No model suits this image: it is a film of {frames} pictures.</source>
      <translation>Kein Modell passt zu diesem Bild: Es ist ein Film aus {frames} Bildern.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for axial slices, and these are not, or do not say so.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für axiale Schichten gemacht, und diese sind es nicht oder sagen es nicht.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for colour pictures, and this is grey.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für Farbbilder gemacht, und dieses ist grau.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for grey pictures, and this is in colour.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für Graubilder gemacht, und dieses ist farbig.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for single pictures, and this has {slices} slices.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für einzelne Bilder gemacht, und dieses hat {slices} Schichten.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for the body part {wanted}, and this is {found}.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für die Körperregion {wanted} gemacht, und dies ist {found}.</translation>
    </message>
    <message>
      <source>No model suits this image: {name} was made for {wanted} images, and this is {found}.</source>
      <translation>Kein Modell passt zu diesem Bild: {name} wurde für {wanted}-Bilder gemacht, und dieses ist {found}.</translation>
    </message>
    <message>
      <source>No network has looked at this image yet.</source>
      <translation>Noch hat kein Netz dieses Bild angesehen.</translation>
    </message>
    <message>
      <source>No operation has been used yet.</source>
      <translation>Noch wurde kein Werkzeug dieser Art benutzt.</translation>
    </message>
    <message>
      <source>No part of this file can be shown on its own.</source>
      <translation>Kein Teil dieser Datei lässt sich für sich zeigen.</translation>
    </message>
    <message>
      <source>No recipe was named.</source>
      <translation>Es wurde kein Rezept genannt.</translation>
    </message>
    <message>
      <source>No sample was found.</source>
      <translation>Es wurde kein Beispiel gefunden.</translation>
    </message>
    <message>
      <source>No segmentation can refer to these images ({reason}).</source>
      <translation>Keine Segmentierung kann sich auf diese Bilder beziehen ({reason}).</translation>
    </message>
    <message>
      <source>None of the {count} pictures that would train has anything marked.</source>
      <translation>Auf keinem der {count} Trainingsbilder ist etwas markiert.</translation>
    </message>
    <message>
      <source>Not as {format}: {cause}</source>
      <translation>Nicht als {format}: {cause}</translation>
    </message>
    <message>
      <source>Nothing more is to be done.</source>
      <translation>Mehr ist nicht zu tun.</translation>
    </message>
    <message>
      <source>Nothing says which values of this image are black and white; {low} and {high} were taken. Look twice at what the network drew.</source>
      <translation>Nichts sagt, welche Werte dieses Bildes schwarz und weiß sind; {low} und {high} wurden dafür genommen. Sehen Sie zweimal hin, was das Netz gezeichnet hat.</translation>
    </message>
    <message>
      <source>Nothing was cut off: the line has to lead from outline to outline.</source>
      <translation>Nichts wurde abgeschnitten: Die Linie muss von Rand zu Rand führen.</translation>
    </message>
    <message>
      <source>Nothing would change.</source>
      <translation>Es würde sich nichts ändern.</translation>
    </message>
    <message>
      <source>Of the accepted cases {train} would train, {validation} validate and {test} be kept aside to compare.</source>
      <translation>Von den angenommenen Fällen würden {train} lehren, {validation} prüfen und {test} zum Vergleich beiseite bleiben.</translation>
    </message>
    <message>
      <source>One label was chosen, and the network tells {count} apart.</source>
      <translation>Es wurde ein Label gewählt, und das Netz unterscheidet {count}.</translation>
    </message>
    <message>
      <source>One of the file's two orientations can't be used.</source>
      <translation>Eine der beiden Orientierungen der Datei ist nicht verwendbar.</translation>
    </message>
    <message>
      <source>One side is longer than NIfTI's 32767 voxels.</source>
      <translation>Eine Seite ist länger als die 32767 Voxel von NIfTI.</translation>
    </message>
    <message>
      <source>Only U-RWKV base and small with a square input can be taught here; it is {variant}, {width} x {height}.</source>
      <translation>Hier können nur U-RWKV base und small mit quadratischem Eingang gelehrt werden; dieses ist {variant}, {width} x {height}.</translation>
    </message>
    <message>
      <source>Open for reading only: nothing can be painted here</source>
      <translation>Nur zum Lesen geöffnet: Hier kann nichts gemalt werden</translation>
    </message>
    <message>
      <source>Open it, or choose another name.</source>
      <translation>Öffnen Sie es, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>Open one first.</source>
      <translation>Öffnen Sie zuerst einen.</translation>
    </message>
    <message>
      <source>Open one of its sub-folders.</source>
      <translation>Öffnen Sie einen seiner Unterordner.</translation>
    </message>
    <message>
      <source>Open the folder in the window first, or name a .urwkv file.</source>
      <translation>Öffnen Sie den Ordner zuerst im Fenster, oder nennen Sie eine .urwkv-Datei.</translation>
    </message>
    <message>
      <source>Open the folder in which the images lie.</source>
      <translation>Öffnen Sie den Ordner, in dem die Bilder liegen.</translation>
    </message>
    <message>
      <source>Open the images that it refers to.</source>
      <translation>Öffnen Sie die Bilder, auf die sie verweist.</translation>
    </message>
    <message>
      <source>OpenVINO can't read its graph {file}.</source>
      <translation>OpenVINO kann seinen Graphen {file} nicht lesen.</translation>
    </message>
    <message>
      <source>Opening the project.</source>
      <translation>Das Projekt öffnen.</translation>
    </message>
    <message>
      <source>Opening the sample project.</source>
      <translation>Das Beispielprojekt öffnen.</translation>
    </message>
    <message>
      <source>Opening this file.</source>
      <translation>Diese Datei öffnen.</translation>
    </message>
    <message>
      <source>Opening this folder.</source>
      <translation>Diesen Ordner öffnen.</translation>
    </message>
    <message>
      <source>Opening this image.</source>
      <translation>Dieses Bild öffnen.</translation>
    </message>
    <message>
      <source>Opening {case}.</source>
      <translation>{case} öffnen.</translation>
    </message>
    <message>
      <source>Opening {name}</source>
      <translation>{name} wird geöffnet</translation>
    </message>
    <message>
      <source>Opening {name}.</source>
      <translation>{name} öffnen.</translation>
    </message>
    <message>
      <source>Opening {title}</source>
      <translation>{title} wird geöffnet</translation>
    </message>
    <message>
      <source>Painting has stopped. {reason}</source>
      <translation>Das Malen ist angehalten. {reason}</translation>
    </message>
    <message>
      <source>Paints {label} on background only · Ctrl removes</source>
      <translation>Malt {label} nur auf den Hintergrund · Strg entfernt</translation>
    </message>
    <message>
      <source>Paints {label} on background where its probability is above {percent} · Ctrl removes where it is not</source>
      <translation>Malt {label} auf Hintergrund, wo die Wahrscheinlichkeit über {percent} liegt · Strg entfernt, wo sie es nicht tut</translation>
    </message>
    <message>
      <source>Paints {label} on background where the value is {low} to {high} · Ctrl removes there</source>
      <translation>Malt {label} auf Hintergrund, wo der Wert {low} bis {high} ist · Strg entfernt dort</translation>
    </message>
    <message>
      <source>Paints {label} on what the stroke begins on · Ctrl removes</source>
      <translation>Malt {label} auf das, worauf der Strich beginnt · Strg entfernt</translation>
    </message>
    <message>
      <source>Paints {label} where its probability is above {percent} · Ctrl removes where it is not</source>
      <translation>Malt {label}, wo die Wahrscheinlichkeit über {percent} liegt · Strg entfernt, wo sie es nicht tut</translation>
    </message>
    <message>
      <source>Paints {label} where the value is {low} to {high} · Ctrl removes there</source>
      <translation>Malt {label}, wo der Wert {low} bis {high} ist · Strg entfernt dort</translation>
    </message>
    <message>
      <source>Paints {label} while Ctrl is held</source>
      <translation>Malt {label}, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Paints {label} · Ctrl removes</source>
      <translation>Malt {label} · Strg entfernt</translation>
    </message>
    <message>
      <source>Pen pressure</source>
      <translation>Stiftdruck</translation>
    </message>
    <message>
      <source>Points and open lines among the contours were left out.</source>
      <translation>Punkte und offene Linien unter den Konturen wurden ausgelassen.</translation>
    </message>
    <message>
      <source>Polygon</source>
      <translation>Polygon</translation>
    </message>
    <message>
      <source>Polygon, removing</source>
      <translation>Polygon, entfernend</translation>
    </message>
    <message>
      <source>Predict with {name}.</source>
      <translation>Mit {name} vorhersagen.</translation>
    </message>
    <message>
      <source>Predicting</source>
      <translation>Vorhersage läuft</translation>
    </message>
    <message>
      <source>Predicting ahead</source>
      <translation>Vorhersage im Voraus</translation>
    </message>
    <message>
      <source>Predicting with {model}</source>
      <translation>Vorhersage mit {model}</translation>
    </message>
    <message>
      <source>Predicting {title}</source>
      <translation>Vorhersage für {title}</translation>
    </message>
    <message>
      <source>Predicting.</source>
      <translation>Vorhersagen.</translation>
    </message>
    <message>
      <source>Probability brush</source>
      <translation>Wahrscheinlichkeitspinsel</translation>
    </message>
    <message>
      <source>Probability brush, removing</source>
      <translation>Wahrscheinlichkeitspinsel, entfernend</translation>
    </message>
    <message>
      <source>Proving {name} after it was written.</source>
      <translation>{name} nach dem Schreiben prüfen.</translation>
    </message>
    <message>
      <source>Publish the model.</source>
      <translation>Das Modell veröffentlichen.</translation>
    </message>
    <message>
      <source>Put a labels.json beside it that names the colour of each label.</source>
      <translation>Legen Sie eine labels.json daneben, die die Farbe jedes Labels nennt.</translation>
    </message>
    <message>
      <source>Put the image back that the mask was made on.</source>
      <translation>Legen Sie das Bild zurück, auf dem die Maske gemacht wurde.</translation>
    </message>
    <message>
      <source>Put the image back that the mask was made on; the mask is kept.</source>
      <translation>Legen Sie das Bild zurück, auf dem die Maske gemacht wurde; die Maske bleibt erhalten.</translation>
    </message>
    <message>
      <source>Put the mask right, or take the case out of the list.</source>
      <translation>Berichtigen Sie die Maske, oder nehmen Sie den Fall aus der Liste.</translation>
    </message>
    <message>
      <source>Radius</source>
      <translation>Radius</translation>
    </message>
    <message>
      <source>Read back, a contour is not whole.</source>
      <translation>Zurückgelesen ist eine Kontur nicht vollständig.</translation>
    </message>
    <message>
      <source>Read back, a contour lies beside its slice {k}.</source>
      <translation>Zurückgelesen liegt eine Kontur neben ihrer Schicht {k}.</translation>
    </message>
    <message>
      <source>Read back, a polygon leaves the picture.</source>
      <translation>Zurückgelesen verlässt ein Polygon das Bild.</translation>
    </message>
    <message>
      <source>Read back, a shape has another size than its box.</source>
      <translation>Zurückgelesen hat eine Form eine andere Größe als ihr Rahmen.</translation>
    </message>
    <message>
      <source>Read back, images are missing.</source>
      <translation>Zurückgelesen fehlen Bilder.</translation>
    </message>
    <message>
      <source>Read back, it belongs to another study or patient than its images.</source>
      <translation>Zurückgelesen gehört sie zu einer anderen Studie oder einem anderen Patienten als ihre Bilder.</translation>
    </message>
    <message>
      <source>Read back, it does not name all of its images.</source>
      <translation>Zurückgelesen nennt sie nicht alle ihre Bilder.</translation>
    </message>
    <message>
      <source>Read back, it has another frame of reference than its images.</source>
      <translation>Zurückgelesen hat sie ein anderes Bezugssystem als ihre Bilder.</translation>
    </message>
    <message>
      <source>Read back, it has two identifiers.</source>
      <translation>Zurückgelesen hat sie zwei Kennungen.</translation>
    </message>
    <message>
      <source>Read back, it is cut short or damaged.</source>
      <translation>Zurückgelesen ist es abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
      <source>Read back, it is longer than it was written.</source>
      <translation>Zurückgelesen ist es länger, als es geschrieben wurde.</translation>
    </message>
    <message>
      <source>Read back, it is no NIfTI file.</source>
      <translation>Zurückgelesen ist es keine NIfTI-Datei.</translation>
    </message>
    <message>
      <source>Read back, it is no PNG of {dtype}.</source>
      <translation>Zurückgelesen ist es kein PNG aus {dtype}.</translation>
    </message>
    <message>
      <source>Read back, it is not what was written.</source>
      <translation>Zurückgelesen ist es nicht, was geschrieben wurde.</translation>
    </message>
    <message>
      <source>Read back, it lies {off} mm off its place.</source>
      <translation>Zurückgelesen liegt es {off} mm neben seinem Ort.</translation>
    </message>
    <message>
      <source>Read back, it refers to a slice that its image does not have.</source>
      <translation>Zurückgelesen bezieht sie sich auf eine Schicht, die ihr Bild nicht hat.</translation>
    </message>
    <message>
      <source>Read back, its logits differ from torch's by up to {difference}.</source>
      <translation>Zurückgelesen weichen die Logits um bis zu {difference} von denen von torch ab.</translation>
    </message>
    <message>
      <source>Read back, its names are not the labels' names.</source>
      <translation>Zurückgelesen sind ihre Namen nicht die der Labels.</translation>
    </message>
    <message>
      <source>Read back, its orientation is not stated as it was written.</source>
      <translation>Zurückgelesen ist die Orientierung nicht so angegeben, wie sie geschrieben wurde.</translation>
    </message>
    <message>
      <source>Read back, its pixels are not the image's.</source>
      <translation>Zurückgelesen sind seine Pixel nicht die des Bildes.</translation>
    </message>
    <message>
      <source>Read back, its scaling is another one.</source>
      <translation>Zurückgelesen ist die Skalierung eine andere.</translation>
    </message>
    <message>
      <source>Read back, its size is {found}, not {expected}.</source>
      <translation>Zurückgelesen ist die Größe {found}, nicht {expected}.</translation>
    </message>
    <message>
      <source>Read back, its spacing is another one.</source>
      <translation>Zurückgelesen ist der Voxelabstand ein anderer.</translation>
    </message>
    <message>
      <source>Read back, its spacing or orientation is another one.</source>
      <translation>Zurückgelesen hat sie einen anderen Abstand oder eine andere Ausrichtung.</translation>
    </message>
    <message>
      <source>Read back, its structures are not the same in each of its lists.</source>
      <translation>Zurückgelesen sind ihre Strukturen nicht in jeder ihrer Listen dieselben.</translation>
    </message>
    <message>
      <source>Read back, its two orientations differ by {off} mm.</source>
      <translation>Zurückgelesen weichen seine beiden Orientierungen um {off} mm voneinander ab.</translation>
    </message>
    <message>
      <source>Read back, row {number} is another one.</source>
      <translation>Zurückgelesen ist Zeile {number} eine andere.</translation>
    </message>
    <message>
      <source>Read back, slice {k} is not whole.</source>
      <translation>Zurückgelesen ist Schicht {k} nicht vollständig.</translation>
    </message>
    <message>
      <source>Read back, the instances of image {id} are not what they were.</source>
      <translation>Zurückgelesen sind die Instanzen des Bildes {id} nicht, was sie waren.</translation>
    </message>
    <message>
      <source>Read back, two segments cover each other in slice {k}.</source>
      <translation>Zurückgelesen überdecken sich in Schicht {k} zwei Segmente.</translation>
    </message>
    <message>
      <source>Read back, two structures cover each other in slice {k}.</source>
      <translation>Zurückgelesen überdecken sich in Schicht {k} zwei Strukturen.</translation>
    </message>
    <message>
      <source>Read back, voxel {place} is {found}, not {expected}.</source>
      <translation>Zurückgelesen ist Voxel {place} {found}, nicht {expected}.</translation>
    </message>
    <message>
      <source>Read the list of images and masks.</source>
      <translation>Die Liste der Bilder und Masken lesen.</translation>
    </message>
    <message>
      <source>Read the list {name}.</source>
      <translation>Die Liste {name} lesen.</translation>
    </message>
    <message>
      <source>Read the recipe {name}.</source>
      <translation>Das Rezept {name} lesen.</translation>
    </message>
    <message>
      <source>Read {name}.</source>
      <translation>{name} lesen.</translation>
    </message>
    <message>
      <source>Reading images and masks.</source>
      <translation>Bilder und Masken lesen.</translation>
    </message>
    <message>
      <source>Reading the split key.</source>
      <translation>Den Schlüssel für die Aufteilung lesen.</translation>
    </message>
    <message>
      <source>Reading your own keys.</source>
      <translation>Ihre eigenen Tasten lesen.</translation>
    </message>
    <message>
      <source>Reading {title}.</source>
      <translation>{title} lesen.</translation>
    </message>
    <message>
      <source>Redo did not give the stroke back.</source>
      <translation>Das Wiederholen hat den Strich nicht zurückgebracht.</translation>
    </message>
    <message>
      <source>Remove a measurement</source>
      <translation>Messung entfernen</translation>
    </message>
    <message>
      <source>Removes every label while Ctrl is held</source>
      <translation>Entfernt jedes Label, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Removes every label · Ctrl paints {label}</source>
      <translation>Entfernt jedes Label · Strg malt {label}</translation>
    </message>
    <message>
      <source>Removes {label} from joined pixels within ± {amount}, while Ctrl is held</source>
      <translation>Entfernt {label} aus verbundenen Pixeln innerhalb ± {amount}, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Removes {label} from the region under the hand that is not above {percent}, while Ctrl is held</source>
      <translation>Entfernt {label} aus dem Gebiet unter der Hand, das nicht über {percent} liegt, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Removes {label} only · Ctrl paints it</source>
      <translation>Entfernt nur {label} · Strg malt es</translation>
    </message>
    <message>
      <source>Removes {label} where its probability is not above {percent}, while Ctrl is held</source>
      <translation>Entfernt {label}, wo die Wahrscheinlichkeit nicht über {percent} liegt, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Removes {label} where the value is {low} to {high}, while Ctrl is held</source>
      <translation>Entfernt {label}, wo der Wert {low} bis {high} ist, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Removes {label} while Ctrl is held</source>
      <translation>Entfernt {label}, solange Strg gehalten wird</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Restore it from a backup, or copy it to a folder that can be written.</source>
      <translation>Stellen Sie sie aus einer Sicherung wieder her, oder kopieren Sie sie in einen beschreibbaren Ordner.</translation>
    </message>
    <message>
      <source>Restore it from a backup.</source>
      <translation>Stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
      <source>Restore the project file from a backup.</source>
      <translation>Stellen Sie die Projektdatei aus einer Sicherung wieder her.</translation>
    </message>
    <message>
      <source>Save it as CSV in UTF-8, its first line naming the columns, image or id among them.</source>
      <translation>Speichern Sie sie als CSV in UTF-8; die erste Zeile nennt die Spalten, darunter image oder id.</translation>
    </message>
    <message>
      <source>Save the mask again as PNG, with 0 outside and one value inside.</source>
      <translation>Speichern Sie die Maske neu als PNG, mit 0 außen und einem Wert innen.</translation>
    </message>
    <message>
      <source>Saving to the project file.</source>
      <translation>In die Projektdatei speichern.</translation>
    </message>
    <message>
      <source>Say it with --graph. The authors' repository trains with2x4, U-Bench simpchinchout.</source>
      <translation>Nennen Sie ihn mit --graph. Das Repositorium der Autoren trainiert with2x4, U-Bench simpchinchout.</translation>
    </message>
    <message>
      <source>Say with --model which one is to be taught.</source>
      <translation>Sagen Sie mit --model, welches gelehrt werden soll.</translation>
    </message>
    <message>
      <source>Searching what was written for what identifies a patient.</source>
      <translation>Durchsuchen des Geschriebenen nach dem, was einen Patienten erkennbar macht.</translation>
    </message>
    <message>
      <source>See urwkv-desktop models import --help.</source>
      <translation>Siehe urwkv-desktop models import --help.</translation>
    </message>
    <message>
      <source>See urwkv-desktop train --help.</source>
      <translation>Siehe urwkv-desktop train --help.</translation>
    </message>
    <message>
      <source>Segmenting.</source>
      <translation>Segmentieren.</translation>
    </message>
    <message>
      <source>Several --data go neither with --images and --masks nor with --folds.</source>
      <translation>Mehrere --data gehen weder mit --images und --masks noch mit --folds zusammen.</translation>
    </message>
    <message>
      <source>Several masks lie beside this image; the first is used.</source>
      <translation>Neben diesem Bild liegen mehrere Masken; verwendet wird die erste.</translation>
    </message>
    <message>
      <source>Several models suit this image: {names}.</source>
      <translation>Mehrere Modelle passen zu diesem Bild: {names}.</translation>
    </message>
    <message>
      <source>Shape</source>
      <translation>Form</translation>
    </message>
    <message>
      <source>Showing what is there.</source>
      <translation>Zeigen, was da ist.</translation>
    </message>
    <message>
      <source>Shrink</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Simulated pictures know one label, and {count} are named.</source>
      <translation>Simulierte Bilder kennen ein Label, genannt sind {count}.</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Smaller than</source>
      <translation>Kleiner als</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>Glätten</translation>
    </message>
    <message>
      <source>Some cases are excluded: take them in again, or let the network look at others, or draw.</source>
      <translation>Einige Fälle sind ausgeschlossen: Nehmen Sie sie wieder auf, lassen Sie das Netz andere ansehen, oder zeichnen Sie.</translation>
    </message>
    <message>
      <source>Some pixels name a colour that the file's palette does not have.</source>
      <translation>Einige Pixel nennen eine Farbe, die die Palette der Datei nicht hat.</translation>
    </message>
    <message>
      <source>Something asked for a network socket.</source>
      <translation>Etwas hat einen Netzwerk-Socket verlangt.</translation>
    </message>
    <message>
      <source>Something in this program went wrong. What was acknowledged is safe.</source>
      <translation>In diesem Programm ist ein Fehler aufgetreten. Was bestätigt wurde, ist sicher.</translation>
    </message>
    <message>
      <source>Something in this program went wrong. What was acknowledged is safe; a report without images or names lies at {file}.</source>
      <translation>In diesem Programm ist ein Fehler aufgetreten. Was bestätigt wurde, ist sicher; ein Bericht ohne Bilder und Namen liegt in {file}.</translation>
    </message>
    <message>
      <source>Square</source>
      <translation>Quadrat</translation>
    </message>
    <message>
      <source>Start it anew, without --resume, or name the folder and recipe of the run.</source>
      <translation>Beginnen Sie ihn neu, ohne --resume, oder nennen Sie Ordner und Rezept des Laufs.</translation>
    </message>
    <message>
      <source>Start the program again; if that does not help, install it again.</source>
      <translation>Starten Sie das Programm neu; hilft das nicht, installieren Sie es neu.</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Starting the decoder.</source>
      <translation>Den Decoder starten.</translation>
    </message>
    <message>
      <source>Subtract</source>
      <translation>Abziehen</translation>
    </message>
    <message>
      <source>Suggestion: {name} · Enter takes it · Escape drops it</source>
      <translation>Vorschlag: {name} · Enter übernimmt ihn · Escape verwirft ihn</translation>
    </message>
    <message>
      <source>Take larger batches or pictures, or fewer processes.</source>
      <translation>Nehmen Sie größere Batches oder Bilder oder weniger Prozesse.</translation>
    </message>
    <message>
      <source>Take the weights of that time (docs/models.md tells how), or leave out the @.</source>
      <translation>Nehmen Sie die Gewichte von damals (docs/models.md sagt wie), oder lassen Sie das @ weg.</translation>
    </message>
    <message>
      <source>Takes</source>
      <translation>Nimmt</translation>
    </message>
    <message>
      <source>Teach it again.</source>
      <translation>Lehren Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Teach the model {name}.</source>
      <translation>Das Modell {name} lehren.</translation>
    </message>
    <message>
      <source>Teaching a model.</source>
      <translation>Ein Modell lehren.</translation>
    </message>
    <message>
      <source>Text is suspected at the border of its image.</source>
      <translation>Am Rand seines Bildes wird Text vermutet.</translation>
    </message>
    <message>
      <source>The camera's orientation mark was applied; masks fit the turned picture.</source>
      <translation>Die Drehmarke der Kamera wurde angewandt; Masken passen auf das gedrehte Bild.</translation>
    </message>
    <message>
      <source>The case before this one has another size.</source>
      <translation>Der Fall davor hat eine andere Größe.</translation>
    </message>
    <message>
      <source>The checkpoint belongs to a recipe that reads otherwise.</source>
      <translation>Der Zwischenstand gehört zu einem Rezept, das anders lautet.</translation>
    </message>
    <message>
      <source>The checkpoint was trained on other cases, or on another fold.</source>
      <translation>Der Zwischenstand wurde mit anderen Fällen oder mit einem anderen Fold trainiert.</translation>
    </message>
    <message>
      <source>The decoder died over this file; everything else goes on.</source>
      <translation>Der Decoder ist an dieser Datei gestorben; alles andere läuft weiter.</translation>
    </message>
    <message>
      <source>The disk did not take it ({reason}).</source>
      <translation>Der Datenträger hat es nicht angenommen ({reason}).</translation>
    </message>
    <message>
      <source>The disk did not take it.</source>
      <translation>Der Datenträger hat es nicht angenommen.</translation>
    </message>
    <message>
      <source>The disk has not answered for {seconds} seconds.</source>
      <translation>Der Datenträger hat seit {seconds} Sekunden nicht geantwortet.</translation>
    </message>
    <message>
      <source>The disk has not answered yet.</source>
      <translation>Der Datenträger hat noch nicht geantwortet.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
      <source>The disk is full: {name} was not written.</source>
      <translation>Der Datenträger ist voll: {name} wurde nicht geschrieben.</translation>
    </message>
    <message>
      <source>The distances between the slices differ, or slices are missing.</source>
      <translation>Die Abstände zwischen den Schichten sind verschieden, oder Schichten fehlen.</translation>
    </message>
    <message>
      <source>The distances between the slices differ.</source>
      <translation>Die Abstände zwischen den Schichten sind verschieden.</translation>
    </message>
    <message>
      <source>The export failed.</source>
      <translation>Der Export ist gescheitert.</translation>
    </message>
    <message>
      <source>The export was stopped.</source>
      <translation>Der Export wurde angehalten.</translation>
    </message>
    <message>
      <source>The exported mask is not the one on screen.</source>
      <translation>Die exportierte Maske ist nicht die auf dem Bildschirm.</translation>
    </message>
    <message>
      <source>The faster form ({precision}) of {model} cannot be used here; {name} goes on.</source>
      <translation>Die schnellere Form ({precision}) von {model} ist hier nicht nutzbar; {name} macht weiter.</translation>
    </message>
    <message>
      <source>The file can't be read: {reason}.</source>
      <translation>Die Datei ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: it declares {kind} with {samples} channels.</source>
      <translation>Die Datei widerspricht sich: Sie gibt {kind} mit {samples} Kanälen an.</translation>
    </message>
    <message>
      <source>The file contradicts itself: it declares {rows} rows and {columns} columns.</source>
      <translation>Die Datei widerspricht sich: Sie gibt {rows} Zeilen und {columns} Spalten an.</translation>
    </message>
    <message>
      <source>The file contradicts itself: it stores {stored} bits in {allocated}.</source>
      <translation>Die Datei widerspricht sich: Sie speichert {stored} Bits in {allocated}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: it unpacks to more than it declares.</source>
      <translation>Die Datei widerspricht sich: Entpackt ist sie größer, als sie angibt.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its colours are neither side by side nor in planes.</source>
      <translation>Die Datei widerspricht sich: Ihre Farben liegen weder nebeneinander noch in Ebenen.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its colours stand in a table that it does not hold.</source>
      <translation>Die Datei widerspricht sich: Ihre Farben stehen in einer Tabelle, die sie nicht enthält.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its compressed pixels are not in fragments.</source>
      <translation>Die Datei widerspricht sich: Ihre komprimierten Pixel liegen nicht in Fragmenten vor.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its dimensions are {dims}.</source>
      <translation>Die Datei widerspricht sich: Ihre Dimensionen sind {dims}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its number of frames can't be read.</source>
      <translation>Die Datei widerspricht sich: Die Anzahl ihrer Einzelbilder ist nicht lesbar.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels are compressed, its header says that they are not.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel sind komprimiert, ihr Kopf sagt, sie seien es nicht.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels are neither signed nor unsigned.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel sind weder mit noch ohne Vorzeichen.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels are not compressed, its header says that they are.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel sind nicht komprimiert, ihr Kopf sagt, sie seien es.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels are {found}, its header says {declared}.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel sind {found}, ihr Kopf sagt {declared}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels have {found} bits, its header says {declared}.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel haben {found} Bit, ihr Kopf sagt {declared}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels have {found} channels, its header says {declared}.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel haben {found} Kanäle, ihr Kopf sagt {declared}.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its pixels lie in more than {count} pieces.</source>
      <translation>Die Datei widerspricht sich: Ihre Pixel liegen in mehr als {count} Stücken.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its size is zero.</source>
      <translation>Die Datei widerspricht sich: Ihre Größe ist null.</translation>
    </message>
    <message>
      <source>The file contradicts itself: its voxels begin inside its header.</source>
      <translation>Die Datei widerspricht sich: Ihre Voxel beginnen innerhalb ihres Kopfes.</translation>
    </message>
    <message>
      <source>The file contradicts itself: one of its elements is longer than the file.</source>
      <translation>Die Datei widerspricht sich: Eines ihrer Elemente ist länger als die Datei.</translation>
    </message>
    <message>
      <source>The file contradicts itself: the pixels that it declares can't be packed into so few bytes.</source>
      <translation>Die Datei widerspricht sich: Die Pixel, die sie angibt, passen nicht in so wenige Bytes.</translation>
    </message>
    <message>
      <source>The file does not name its modality and body part, so no model looked at it by itself.</source>
      <translation>Die Datei nennt ihre Modalität und Körperregion nicht, daher hat kein Modell sie von selbst angesehen.</translation>
    </message>
    <message>
      <source>The file does not say whether high values are bright.</source>
      <translation>Die Datei sagt nicht, ob hohe Werte hell sind.</translation>
    </message>
    <message>
      <source>The file ends without the mark that closes its pixels.</source>
      <translation>Die Datei endet ohne die Marke, die ihre Pixel abschließt.</translation>
    </message>
    <message>
      <source>The file holds more than {count} elements, which no image needs.</source>
      <translation>Die Datei enthält mehr als {count} Elemente; so viele braucht kein Bild.</translation>
    </message>
    <message>
      <source>The file holds {count} bytes more than it says.</source>
      <translation>Die Datei enthält {count} Bytes mehr, als sie angibt.</translation>
    </message>
    <message>
      <source>The file holds {count} bytes of pixels more than it says.</source>
      <translation>Die Datei enthält {count} Bytes an Pixeln mehr, als sie angibt.</translation>
    </message>
    <message>
      <source>The file holds {count} frames more than it says; they are not shown.</source>
      <translation>Die Datei enthält {count} Bilder mehr, als sie sagt; sie werden nicht gezeigt.</translation>
    </message>
    <message>
      <source>The file is damaged: a part of its {kind} data is missing.</source>
      <translation>Die Datei ist beschädigt: Ein Teil ihrer {kind}-Daten fehlt.</translation>
    </message>
    <message>
      <source>The file is damaged: its {kind} data can't be decoded.</source>
      <translation>Die Datei ist beschädigt: Ihre {kind}-Daten sind nicht decodierbar.</translation>
    </message>
    <message>
      <source>The file is empty: 0 bytes.</source>
      <translation>Die Datei ist leer: 0 Bytes.</translation>
    </message>
    <message>
      <source>The file is incomplete: it ends in the middle of the image, after {have} bytes.</source>
      <translation>Die Datei ist unvollständig: Sie endet mitten im Bild, nach {have} Bytes.</translation>
    </message>
    <message>
      <source>The file is incomplete: {have} of {need} bytes.</source>
      <translation>Die Datei ist unvollständig: {have} von {need} Bytes.</translation>
    </message>
    <message>
      <source>The file is incomplete: {have} of {need} frames.</source>
      <translation>Die Datei ist unvollständig: {have} von {need} Einzelbildern.</translation>
    </message>
    <message>
      <source>The file is incomplete: {have} of {need} tiles.</source>
      <translation>Die Datei ist unvollständig: {have} von {need} Kacheln.</translation>
    </message>
    <message>
      <source>The file project.toml here is not used: {reason}.</source>
      <translation>Die Datei project.toml hier wird nicht verwendet: {reason}.</translation>
    </message>
    <message>
      <source>The file says both that high values are bright and that they are dark; its photometric interpretation was followed.</source>
      <translation>Die Datei sagt sowohl, dass hohe Werte hell sind, als auch, dass sie dunkel sind; ihre photometrische Interpretation gilt.</translation>
    </message>
    <message>
      <source>The file says that it holds {count} frames; the limit is {limit}.</source>
      <translation>Die Datei sagt, sie enthalte {count} Einzelbilder; die Grenze ist {limit}.</translation>
    </message>
    <message>
      <source>The file says that it holds {count} volumes; the limit is {limit}.</source>
      <translation>Die Datei sagt, sie enthalte {count} Volumen; die Grenze ist {limit}.</translation>
    </message>
    <message>
      <source>The file states a negative spacing; its absolute value was used.</source>
      <translation>Die Datei gibt einen negativen Abstand an; verwendet wurde sein Betrag.</translation>
    </message>
    <message>
      <source>The file states a spacing that can't be; 1 mm was used in its place.</source>
      <translation>Die Datei nennt einen Abstand, den es nicht geben kann; an seiner Stelle gilt 1 mm.</translation>
    </message>
    <message>
      <source>The file states no orientation.</source>
      <translation>Die Datei gibt keine Orientierung an.</translation>
    </message>
    <message>
      <source>The file states two different places in space; the sform was used.</source>
      <translation>Die Datei gibt zwei verschiedene Lagen im Raum an; verwendet wurde die sform.</translation>
    </message>
    <message>
      <source>The file states two sizes of a voxel; that of its data type was used.</source>
      <translation>Die Datei gibt zwei Größen eines Voxels an; verwendet wurde die ihres Datentyps.</translation>
    </message>
    <message>
      <source>The file's header is not written in the form that it names; it was read as it is.</source>
      <translation>Der Kopf der Datei ist nicht in der Form geschrieben, die er nennt; er wurde gelesen, wie er ist.</translation>
    </message>
    <message>
      <source>The file's highest bit can't be where it says; it was taken from the number of stored bits.</source>
      <translation>Das höchste Bit kann nicht dort liegen, wo die Datei es angibt; es wurde aus der Zahl der gespeicherten Bits bestimmt.</translation>
    </message>
    <message>
      <source>The file's letters are not of the character set that it names; some may be wrong.</source>
      <translation>Die Buchstaben der Datei sind nicht aus dem Zeichensatz, den sie nennt; einige können falsch sein.</translation>
    </message>
    <message>
      <source>The file's numbers lie in {name}, which is not there.</source>
      <translation>Die Zahlen der Datei liegen in {name}, das nicht da ist.</translation>
    </message>
    <message>
      <source>The file's unit is not the millimetre; it was converted.</source>
      <translation>Die Einheit der Datei ist nicht der Millimeter; sie wurde umgerechnet.</translation>
    </message>
    <message>
      <source>The fold of {name} is no number: {word}.</source>
      <translation>Die Angabe fold von {name} ist keine Zahl: {word}.</translation>
    </message>
    <message>
      <source>The folder cannot hold the project file, which will lie in your data folder: {file}.</source>
      <translation>Der Ordner kann die Projektdatei nicht aufnehmen; sie wird in Ihrem Datenordner liegen: {file}.</translation>
    </message>
    <message>
      <source>The folder of the project cannot be written ({reason}). Here it is open for reading only.</source>
      <translation>In den Ordner des Projekts kann nicht geschrieben werden ({reason}). Hier ist es nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>The folder {name} cannot be read: {reason}.</source>
      <translation>Der Ordner {name} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>The folder {out} cannot be made: {reason}.</source>
      <translation>Der Ordner {out} kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
      <source>The folder {out} cannot be written to.</source>
      <translation>In den Ordner {out} kann nicht geschrieben werden.</translation>
    </message>
    <message>
      <source>The graph's logits differ from torch's by up to {logit}, and {pixels} pixels of the masks differ.</source>
      <translation>Die Logits des Graphen weichen um bis zu {logit} von denen von torch ab, und {pixels} Pixel der Masken sind verschieden.</translation>
    </message>
    <message>
      <source>The header of its image can't be read whole.</source>
      <translation>Der Kopf seines Bildes lässt sich nicht vollständig lesen.</translation>
    </message>
    <message>
      <source>The image has another size now than its mask.</source>
      <translation>Das Bild hat jetzt eine andere Größe als seine Maske.</translation>
    </message>
    <message>
      <source>The image has changed since its mask was made. The mask is kept; nothing is predicted over it.</source>
      <translation>Das Bild hat sich geändert, seit seine Maske gemacht wurde. Die Maske bleibt erhalten; nichts wird darüber vorhergesagt.</translation>
    </message>
    <message>
      <source>The image has changed since its mask was made; nothing is predicted over it.</source>
      <translation>Das Bild hat sich geändert, seit seine Maske gemacht wurde; nichts wird darüber vorhergesagt.</translation>
    </message>
    <message>
      <source>The image has changed: its mask is {had}, the image {has} (slices, rows, columns).</source>
      <translation>Das Bild hat sich geändert: Seine Maske ist {had}, das Bild {has} (Schichten, Zeilen, Spalten).</translation>
    </message>
    <message>
      <source>The image is one slice.</source>
      <translation>Das Bild besteht aus einer Schicht.</translation>
    </message>
    <message>
      <source>The image is stored as {what}, which this program does not read.</source>
      <translation>Das Bild ist als {what} gespeichert, was dieses Programm nicht liest.</translation>
    </message>
    <message>
      <source>The image states no spacing, so lengths are given in pixels.</source>
      <translation>Das Bild gibt keinen Pixelabstand an, daher stehen Längen in Pixeln.</translation>
    </message>
    <message>
      <source>The image states no spacing, so there are no millimetres.</source>
      <translation>Das Bild nennt keinen Pixelabstand, daher gibt es keine Millimeter.</translation>
    </message>
    <message>
      <source>The images state no frame of reference; the link to them is by their identifiers only.</source>
      <translation>Die Bilder nennen kein Bezugssystem; die Verbindung zu ihnen besteht nur über ihre Kennungen.</translation>
    </message>
    <message>
      <source>The island that is pointed at stays, the others of the label go.</source>
      <translation>Die angezeigte Insel bleibt, die übrigen des Labels verschwinden.</translation>
    </message>
    <message>
      <source>The label gives up what lies at most so far from its edge.</source>
      <translation>Das Label gibt ab, was höchstens so weit von seinem Rand entfernt liegt.</translation>
    </message>
    <message>
      <source>The label takes what lies at most so far from it.</source>
      <translation>Das Label nimmt hinzu, was höchstens so weit von ihm entfernt liegt.</translation>
    </message>
    <message>
      <source>The largest island of the label stays, the others go.</source>
      <translation>Die größte Insel des Labels bleibt, die übrigen verschwinden.</translation>
    </message>
    <message>
      <source>The last stroke was made on an older state of this case and is not kept; the case was read again.</source>
      <translation>Der letzte Strich galt einem älteren Stand dieses Falls und wird nicht behalten; der Fall wurde neu gelesen.</translation>
    </message>
    <message>
      <source>The last strokes are not on the disk yet.</source>
      <translation>Die letzten Striche sind noch nicht auf dem Datenträger.</translation>
    </message>
    <message>
      <source>The last strokes are not on the disk. {reason}</source>
      <translation>Die letzten Striche sind nicht auf dem Datenträger. {reason}</translation>
    </message>
    <message>
      <source>The length of the file's first group is not what it says.</source>
      <translation>Die Länge der ersten Gruppe der Datei ist nicht die, die sie nennt.</translation>
    </message>
    <message>
      <source>The line leaves the ultrasound region, which alone has a scale.</source>
      <translation>Die Linie verlässt den Ultraschallbereich, der allein einen Maßstab hat.</translation>
    </message>
    <message>
      <source>The list has no case to evaluate: none of the fold, or none whose split is test.</source>
      <translation>Die Liste hat keinen Fall zum Auswerten: keinen des Folds oder keinen, dessen Split test ist.</translation>
    </message>
    <message>
      <source>The list {name} cannot be used. {cause}</source>
      <translation>Die Liste {name} kann nicht verwendet werden. {cause}</translation>
    </message>
    <message>
      <source>The machine is busy, or the file is damaged or hostile. Try again, or leave it out.</source>
      <translation>Der Rechner ist beschäftigt, oder die Datei ist beschädigt oder bösartig. Versuchen Sie es noch einmal, oder lassen Sie sie weg.</translation>
    </message>
    <message>
      <source>The mask beside it was not taken ({name}): {reason} {cure} With Import a mask… you take it, or another one, yourself.</source>
      <translation>Die Maske daneben wurde nicht übernommen ({name}): {reason} {cure} Mit „Maske importieren …“ nehmen Sie sie oder eine andere selbst.</translation>
    </message>
    <message>
      <source>The mask does not have the size of the image.</source>
      <translation>Die Maske hat nicht die Größe des Bildes.</translation>
    </message>
    <message>
      <source>The mask has more than {count} labels.</source>
      <translation>Die Maske hat mehr als {count} Labels.</translation>
    </message>
    <message>
      <source>The mask has other slices than its images.</source>
      <translation>Die Maske hat andere Schichten als ihre Bilder.</translation>
    </message>
    <message>
      <source>The mask has the colour {colour}, which {file} does not name.</source>
      <translation>Die Maske hat die Farbe {colour}, die {file} nicht nennt.</translation>
    </message>
    <message>
      <source>The mask has values outside 0 to {highest}.</source>
      <translation>Die Maske hat Werte außerhalb von 0 bis {highest}.</translation>
    </message>
    <message>
      <source>The mask has {count} volumes; one is needed.</source>
      <translation>Die Maske hat {count} Volumen; nötig ist eines.</translation>
    </message>
    <message>
      <source>The mask has {mask} pixels (slices, rows, columns) and the image {image}.</source>
      <translation>Die Maske hat {mask} Pixel (Schichten, Zeilen, Spalten) und das Bild {image}.</translation>
    </message>
    <message>
      <source>The mask holds the number {id}, which no label has.</source>
      <translation>Die Maske enthält die Zahl {id}, die kein Label hat.</translation>
    </message>
    <message>
      <source>The mask holds {count} values side by side: it is a picture, not a mask.</source>
      <translation>Die Maske enthält {count} Werte nebeneinander: Sie ist ein Bild, keine Maske.</translation>
    </message>
    <message>
      <source>The mask holds {label} ({value}), and the network tells apart {wanted}; the set has {labels}.</source>
      <translation>Die Maske enthält {label} ({value}), und das Netz unterscheidet {wanted}; der Satz hat {labels}.</translation>
    </message>
    <message>
      <source>The mask holds {value}, and there are {count} labels.</source>
      <translation>Die Maske enthält {value}, und es gibt {count} Labels.</translation>
    </message>
    <message>
      <source>The mask holds {value}, which is none of the set's labels ({labels}).</source>
      <translation>Die Maske enthält {value}; das ist keines der Labels des Satzes ({labels}).</translation>
    </message>
    <message>
      <source>The mask is a JPEG file with {count} values: its edges are smeared.</source>
      <translation>Die Maske ist eine JPEG-Datei mit {count} Werten: Ihre Ränder sind verschmiert.</translation>
    </message>
    <message>
      <source>The mask is a JPEG, whose values are not exact.</source>
      <translation>Die Maske ist ein JPEG, dessen Werte nicht genau sind.</translation>
    </message>
    <message>
      <source>The mask is a colour picture; one number for each pixel is needed.</source>
      <translation>Die Maske ist ein Farbbild; nötig ist eine Zahl je Pixel.</translation>
    </message>
    <message>
      <source>The mask is laid out in tiles over a slide, which this program does not read.</source>
      <translation>Die Maske liegt in Kacheln über einem Objektträger; das liest dieses Programm nicht.</translation>
    </message>
    <message>
      <source>The mask is {mask}, the image {image} (slices, rows, columns).</source>
      <translation>Die Maske ist {mask}, das Bild {image} (Schichten, Zeilen, Spalten).</translation>
    </message>
    <message>
      <source>The mask lies at another place in the patient than the image.</source>
      <translation>Die Maske liegt an einer anderen Stelle im Patienten als das Bild.</translation>
    </message>
    <message>
      <source>The mask lies on another grid than the image: {mask} there, {image} here (slices, rows, columns), or at another place in the patient.</source>
      <translation>Die Maske liegt auf einem anderen Raster als das Bild: dort {mask}, hier {image} (Schichten, Zeilen, Spalten), oder an einem anderen Ort im Patienten.</translation>
    </message>
    <message>
      <source>The mask of the case before in the list, as a suggestion.</source>
      <translation>Die Maske des Falls davor in der Liste, als Vorschlag.</translation>
    </message>
    <message>
      <source>The mask of the slice after, as a suggestion.</source>
      <translation>Die Maske der Schicht danach, als Vorschlag.</translation>
    </message>
    <message>
      <source>The mask of the slice before, as a suggestion.</source>
      <translation>Die Maske der Schicht davor, als Vorschlag.</translation>
    </message>
    <message>
      <source>The mask was brought to the image's grid by its nearest voxels.</source>
      <translation>Die Maske wurde mit ihren nächsten Voxeln auf das Raster des Bildes gebracht.</translation>
    </message>
    <message>
      <source>The mask was drawn on another series than this one; it was placed by its position alone.</source>
      <translation>Die Maske wurde auf einer anderen Serie gezeichnet; sie wurde allein nach ihrer Lage eingesetzt.</translation>
    </message>
    <message>
      <source>The mask was drawn on other images than this one.</source>
      <translation>Die Maske wurde auf anderen Bildern gezeichnet als diesem.</translation>
    </message>
    <message>
      <source>The mask's colours have more than 8 bits.</source>
      <translation>Die Farben der Maske haben mehr als 8 Bit.</translation>
    </message>
    <message>
      <source>The mask's pages differ in size.</source>
      <translation>Die Seiten der Maske sind verschieden groß.</translation>
    </message>
    <message>
      <source>The mask's planes lie on no slice of this image.</source>
      <translation>Die Ebenen der Maske liegen auf keiner Schicht dieses Bildes.</translation>
    </message>
    <message>
      <source>The mask's rows, columns and slices were put into the image's order.</source>
      <translation>Zeilen, Spalten und Schichten der Maske wurden in die Ordnung des Bildes gebracht.</translation>
    </message>
    <message>
      <source>The mask's values are no whole numbers.</source>
      <translation>Die Werte der Maske sind keine ganzen Zahlen.</translation>
    </message>
    <message>
      <source>The model cannot be written: {reason}.</source>
      <translation>Das Modell kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>The model {name} is refused. {cause}</source>
      <translation>Das Modell {name} wird abgelehnt. {cause}</translation>
    </message>
    <message>
      <source>The model {name} that this lesson taught is not there any more.</source>
      <translation>Das Modell {name}, das diese Lektion lehrte, ist nicht mehr da.</translation>
    </message>
    <message>
      <source>The model {name}, which you chose for it, is not installed.</source>
      <translation>Das Modell {name}, das Sie dafür gewählt haben, ist nicht installiert.</translation>
    </message>
    <message>
      <source>The network did not answer.</source>
      <translation>Das Netz hat nicht geantwortet.</translation>
    </message>
    <message>
      <source>The network failed on this image ({kind}).</source>
      <translation>Das Netz ist an diesem Bild gescheitert ({kind}).</translation>
    </message>
    <message>
      <source>The network has not looked at this image: there is no probability to paint by</source>
      <translation>Das Netz hat dieses Bild nicht gesehen: Es gibt keine Wahrscheinlichkeit, nach der gemalt werden kann</translation>
    </message>
    <message>
      <source>The network has not looked at this slice yet</source>
      <translation>Das Netz hat diese Schicht noch nicht gesehen</translation>
    </message>
    <message>
      <source>The network's answer</source>
      <translation>Die Antwort des Netzes</translation>
    </message>
    <message>
      <source>The network's answer again, over all labels that are neither locked nor hidden.</source>
      <translation>Wieder die Antwort des Netzes, über alle Labels, die weder gesperrt noch ausgeblendet sind.</translation>
    </message>
    <message>
      <source>The network's probability lies in the slices as stored, not across them</source>
      <translation>Die Wahrscheinlichkeit des Netzes liegt in den gespeicherten Schichten, nicht quer dazu</translation>
    </message>
    <message>
      <source>The number of frames is not written as a number.</source>
      <translation>Die Anzahl der Einzelbilder ist nicht als Zahl angegeben.</translation>
    </message>
    <message>
      <source>The outline is rounded by a disc.</source>
      <translation>Der Umriss wird mit einer Scheibe gerundet.</translation>
    </message>
    <message>
      <source>The parts of this picture have different scales.</source>
      <translation>Die Teile dieses Bildes haben verschiedene Maßstäbe.</translation>
    </message>
    <message>
      <source>The picture is too large for its polygons.</source>
      <translation>Das Bild ist zu groß für seine Polygone.</translation>
    </message>
    <message>
      <source>The places of its frames can't be read; they are shown in the order of the file.</source>
      <translation>Die Lage der Einzelbilder ist nicht lesbar; sie werden in der Reihenfolge der Datei gezeigt.</translation>
    </message>
    <message>
      <source>The precision is bfloat16 or float32, not {given}.</source>
      <translation>Die Genauigkeit ist bfloat16 oder float32, nicht {given}.</translation>
    </message>
    <message>
      <source>The process in which images are decoded does not start.</source>
      <translation>Der Prozess, in dem Bilder decodiert werden, startet nicht.</translation>
    </message>
    <message>
      <source>The process that writes DICOM died over this case, or took too long.</source>
      <translation>Der Prozess, der DICOM schreibt, ist an diesem Fall gestorben oder hat zu lange gebraucht.</translation>
    </message>
    <message>
      <source>The program is closing.</source>
      <translation>Das Programm wird geschlossen.</translation>
    </message>
    <message>
      <source>The program made a mistake while it saved, and saves nothing more into this project.</source>
      <translation>Das Programm hat beim Speichern einen Fehler gemacht und speichert nichts mehr in dieses Projekt.</translation>
    </message>
    <message>
      <source>The program's table of what identifies a patient is missing or damaged.</source>
      <translation>Die Tabelle des Programms, was einen Patienten erkennbar macht, fehlt oder ist beschädigt.</translation>
    </message>
    <message>
      <source>The program's test of itself.</source>
      <translation>Der Selbsttest des Programms.</translation>
    </message>
    <message>
      <source>The project file cannot be read ({reason}).</source>
      <translation>Die Projektdatei ist nicht lesbar ({reason}).</translation>
    </message>
    <message>
      <source>The project file cannot be written ({reason}). Here it is open for reading only.</source>
      <translation>Die Projektdatei kann nicht geschrieben werden ({reason}). Hier ist sie nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>The project file does not lie in the folder, but here: {file}.</source>
      <translation>Die Projektdatei liegt nicht im Ordner, sondern hier: {file}.</translation>
    </message>
    <message>
      <source>The project file does not take what was drawn ({kind}). Close the project and open it again.</source>
      <translation>Die Projektdatei nimmt das Gezeichnete nicht an ({kind}). Schließen Sie das Projekt und öffnen Sie es wieder.</translation>
    </message>
    <message>
      <source>The project file is damaged ({damage}). Here it is open for reading only; restore it from a backup.</source>
      <translation>Die Projektdatei ist beschädigt ({damage}). Hier ist sie nur zum Lesen geöffnet; stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
      <source>The project file is damaged ({reason}).</source>
      <translation>Die Projektdatei ist beschädigt ({reason}).</translation>
    </message>
    <message>
      <source>The project file is {file}.</source>
      <translation>Die Projektdatei ist {file}.</translation>
    </message>
    <message>
      <source>The project file lies in the folder: {file}.</source>
      <translation>Die Projektdatei liegt im Ordner: {file}.</translation>
    </message>
    <message>
      <source>The project file lies in your data folder: {file}.</source>
      <translation>Die Projektdatei liegt in Ihrem Datenordner: {file}.</translation>
    </message>
    <message>
      <source>The project file will lie in the folder: {file}.</source>
      <translation>Die Projektdatei wird im Ordner liegen: {file}.</translation>
    </message>
    <message>
      <source>The project has no label yet.</source>
      <translation>Das Projekt hat noch kein Label.</translation>
    </message>
    <message>
      <source>The project is open for reading only.</source>
      <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>The rows and columns of this volume are not perpendicular; its place in space is not used.</source>
      <translation>Zeilen und Spalten dieses Volumens stehen nicht senkrecht aufeinander; seine Lage im Raum wird nicht verwendet.</translation>
    </message>
    <message>
      <source>The samples do not lie beside the program.</source>
      <translation>Die Beispiele liegen nicht neben dem Programm.</translation>
    </message>
    <message>
      <source>The set has no label {label}; it has {labels}.</source>
      <translation>Der Satz hat kein Label {label}; er hat {labels}.</translation>
    </message>
    <message>
      <source>The setting {name} cannot be used ({reason}); its default is.</source>
      <translation>Die Einstellung {name} ist nicht verwendbar ({reason}); es gilt ihre Voreinstellung.</translation>
    </message>
    <message>
      <source>The settings file cannot be read; the defaults are used.</source>
      <translation>Die Einstellungsdatei ist nicht lesbar; es gelten die Voreinstellungen.</translation>
    </message>
    <message>
      <source>The shift is permute or qshift, the activation sigmoid or softmax.</source>
      <translation>Die Verschiebung ist permute oder qshift, die Aktivierung sigmoid oder softmax.</translation>
    </message>
    <message>
      <source>The slices are moments in time: nothing reaches from one to the next.</source>
      <translation>Die Schichten sind Zeitpunkte: Von einer zur nächsten reicht nichts.</translation>
    </message>
    <message>
      <source>The slices of this series do not fit together any more.</source>
      <translation>Die Schichten dieser Serie passen nicht mehr zusammen.</translation>
    </message>
    <message>
      <source>The split key cannot be kept in your data folder: {reason}.</source>
      <translation>Der Schlüssel für die Aufteilung kann nicht in Ihrem Datenordner aufbewahrt werden: {reason}.</translation>
    </message>
    <message>
      <source>The split key {name} cannot be read: {reason}.</source>
      <translation>Der Schlüssel für die Aufteilung {name} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>The split key {name} is too short.</source>
      <translation>Der Schlüssel für die Aufteilung {name} ist zu kurz.</translation>
    </message>
    <message>
      <source>The stack is tilted (gantry): each slice is true, the planes across them are sheared.</source>
      <translation>Der Stapel ist gekippt (Gantry): Jede Schicht stimmt, die Ebenen quer dazu sind geschert.</translation>
    </message>
    <message>
      <source>The text of the images' headers can't be read whole.</source>
      <translation>Der Text in den Kopfdaten der Bilder ist nicht vollständig lesbar.</translation>
    </message>
    <message>
      <source>The weights are those of another network.</source>
      <translation>Die Gewichte sind die eines anderen Netzes.</translation>
    </message>
    <message>
      <source>The weights of {name} are not those of the recipe's network.</source>
      <translation>Die Gewichte von {name} sind nicht die des Netzes im Rezept.</translation>
    </message>
    <message>
      <source>The weights of {name} are {have}, and those of {wanted} were asked for.</source>
      <translation>Die Gewichte von {name} sind {have}, und verlangt waren die von {wanted}.</translation>
    </message>
    <message>
      <source>The weights {name} can't be read: {reason}.</source>
      <translation>Die Gewichte {name} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>There are more labels than such an object holds.</source>
      <translation>Es gibt mehr Labels, als ein solches Objekt aufnimmt.</translation>
    </message>
    <message>
      <source>There are no images in the folder {name}.</source>
      <translation>Im Ordner {name} sind keine Bilder.</translation>
    </message>
    <message>
      <source>There are no images in this folder: none of its {count} files is one of {formats}.</source>
      <translation>In diesem Ordner sind keine Bilder: Keine seiner {count} Dateien ist eine von {formats}.</translation>
    </message>
    <message>
      <source>There are others: {others}. Export those too, or accept cases first.</source>
      <translation>Es gibt andere: {others}. Exportieren Sie auch diese, oder nehmen Sie zuerst Fälle an.</translation>
    </message>
    <message>
      <source>There are the formats {formats}.</source>
      <translation>Es gibt die Formate {formats}.</translation>
    </message>
    <message>
      <source>There are: {names}.</source>
      <translation>Es gibt: {names}.</translation>
    </message>
    <message>
      <source>There is a file {name} in this folder that no export made.</source>
      <translation>In diesem Ordner liegt eine Datei {name}, die kein Export erzeugt hat.</translation>
    </message>
    <message>
      <source>There is a model {name} already.</source>
      <translation>Es gibt schon ein Modell {name}.</translation>
    </message>
    <message>
      <source>There is no case before this one.</source>
      <translation>Vor diesem Fall gibt es keinen.</translation>
    </message>
    <message>
      <source>There is no checkpoint in {name}.</source>
      <translation>In {name} liegt kein Zwischenstand.</translation>
    </message>
    <message>
      <source>There is no finished lesson in {lesson}.</source>
      <translation>In {lesson} liegt keine beendete Lektion.</translation>
    </message>
    <message>
      <source>There is no folder and no project called {name} there.</source>
      <translation>Dort gibt es weder einen Ordner noch ein Projekt namens {name}.</translation>
    </message>
    <message>
      <source>There is no folder images with a folder masks or labels beside it, nor a list of cases.</source>
      <translation>Es gibt keinen Ordner images mit einem Ordner masks oder labels daneben und auch keine Liste der Fälle.</translation>
    </message>
    <message>
      <source>There is no format {name}.</source>
      <translation>Es gibt kein Format {name}.</translation>
    </message>
    <message>
      <source>There is no format {word}.</source>
      <translation>Es gibt kein Format {word}.</translation>
    </message>
    <message>
      <source>There is no graph {graph}. There are: {graphs}.</source>
      <translation>Es gibt keinen Graphen {graph}. Es gibt: {graphs}.</translation>
    </message>
    <message>
      <source>There is no label to work on.</source>
      <translation>Es gibt kein Label, das bearbeitet werden könnte.</translation>
    </message>
    <message>
      <source>There is no model called {name}.</source>
      <translation>Es gibt kein Modell namens {name}.</translation>
    </message>
    <message>
      <source>There is no network {graph} {variant}.</source>
      <translation>Es gibt kein Netz {graph} {variant}.</translation>
    </message>
    <message>
      <source>There is no recipe {name}.</source>
      <translation>Es gibt kein Rezept {name}.</translation>
    </message>
    <message>
      <source>There is no room for a copy of it: {reason}.</source>
      <translation>Für eine Kopie davon ist kein Platz: {reason}.</translation>
    </message>
    <message>
      <source>There is no scaling {name}.</source>
      <translation>Es gibt keine Skalierung {name}.</translation>
    </message>
    <message>
      <source>There is no status {word} to export.</source>
      <translation>Es gibt keinen Status {word} zum Exportieren.</translation>
    </message>
    <message>
      <source>There is no {file} beside the masks, which would name the label {label}.</source>
      <translation>Neben den Masken liegt keine {file}, die das Label {label} nennen würde.</translation>
    </message>
    <message>
      <source>There is no {name}.</source>
      <translation>{name} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no {path}.</source>
      <translation>{path} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is not enough memory for it.</source>
      <translation>Der Speicher reicht dafür nicht.</translation>
    </message>
    <message>
      <source>There is nothing to divide: {count} cases, all of one group.</source>
      <translation>Es gibt nichts aufzuteilen: {count} Fälle, alle aus einer Gruppe.</translation>
    </message>
    <message>
      <source>There was no end to {what} in {seconds} seconds.</source>
      <translation>Kein Ende nach {seconds} Sekunden: {what}.</translation>
    </message>
    <message>
      <source>These contours lie in a patient; this image states no place there.</source>
      <translation>Diese Konturen liegen in einem Patienten; dieses Bild nennt dort keinen Ort.</translation>
    </message>
    <message>
      <source>They hold until the program is closed.</source>
      <translation>Sie gelten, bis das Programm geschlossen wird.</translation>
    </message>
    <message>
      <source>This DICOM file holds no labels; it is an image or another object.</source>
      <translation>Diese DICOM-Datei enthält keine Labels; sie ist ein Bild oder ein anderes Objekt.</translation>
    </message>
    <message>
      <source>This DICOM file holds no pixels.</source>
      <translation>Diese DICOM-Datei enthält keine Pixel.</translation>
    </message>
    <message>
      <source>This file holds {count} volumes; each is a case.</source>
      <translation>Diese Datei enthält {count} Volumen; jedes ist ein Fall.</translation>
    </message>
    <message>
      <source>This file says it needs {need} in memory; the limit is {limit}.</source>
      <translation>Diese Datei braucht nach eigener Angabe {need} im Speicher; die Grenze ist {limit}.</translation>
    </message>
    <message>
      <source>This file speaks of several images that this one could be.</source>
      <translation>Diese Datei spricht von mehreren Bildern, die dieses sein könnten.</translation>
    </message>
    <message>
      <source>This file speaks of {count} images, and this one is not among them.</source>
      <translation>Diese Datei spricht von {count} Bildern, und dieses ist nicht darunter.</translation>
    </message>
    <message>
      <source>This folder can't be read: {reason}.</source>
      <translation>Dieser Ordner ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>This folder can't be written to.</source>
      <translation>In diesen Ordner kann nicht geschrieben werden.</translation>
    </message>
    <message>
      <source>This folder does not exist.</source>
      <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
      <source>This image has no place in a patient, which contours are given in.</source>
      <translation>Dieses Bild hat keine Lage im Patienten, in der Konturen angegeben werden.</translation>
    </message>
    <message>
      <source>This image has one slice only.</source>
      <translation>Dieses Bild hat nur eine Schicht.</translation>
    </message>
    <message>
      <source>This image is no DICOM image, which such an object refers to.</source>
      <translation>Dieses Bild ist kein DICOM-Bild, auf das sich ein solches Objekt bezieht.</translation>
    </message>
    <message>
      <source>This image is no DICOM image.</source>
      <translation>Dieses Bild ist kein DICOM-Bild.</translation>
    </message>
    <message>
      <source>This image was left out of the export.</source>
      <translation>Dieses Bild wurde im Export ausgelassen.</translation>
    </message>
    <message>
      <source>This installation is not to be relied on; install it again.</source>
      <translation>Auf diese Installation ist kein Verlass; installieren Sie sie neu.</translation>
    </message>
    <message>
      <source>This is a link to a file that is not there.</source>
      <translation>Dies ist eine Verknüpfung mit einer Datei, die nicht da ist.</translation>
    </message>
    <message>
      <source>This is a {kind}, not an image.</source>
      <translation>Das ist ein {kind}, kein Bild.</translation>
    </message>
    <message>
      <source>This is an {kind}, not an image.</source>
      <translation>Das ist ein Objekt der Art {kind}, kein Bild.</translation>
    </message>
    <message>
      <source>This is no image of a kind that this program reads.</source>
      <translation>Das ist kein Bild von einer Art, die dieses Programm liest.</translation>
    </message>
    <message>
      <source>This is no image: its name ends in {suffix}, but its content is not of that kind.</source>
      <translation>Das ist kein Bild: Der Name endet auf {suffix}, aber der Inhalt ist nicht von dieser Art.</translation>
    </message>
    <message>
      <source>This list of DICOM files names no image.</source>
      <translation>Diese Liste von DICOM-Dateien nennt kein Bild.</translation>
    </message>
    <message>
      <source>This machine has no {device} device that torch can use.</source>
      <translation>Dieser Rechner hat kein {device}-Gerät, das torch verwenden kann.</translation>
    </message>
    <message>
      <source>This machine has no {device} that OpenVINO can use.</source>
      <translation>Dieser Rechner hat keine {device}, die OpenVINO verwenden kann.</translation>
    </message>
    <message>
      <source>This needs the package {package}, which is not installed here.</source>
      <translation>Das braucht das Paket {package}, das hier nicht installiert ist.</translation>
    </message>
    <message>
      <source>This picture is a mosaic of many slices; it is shown as one picture.</source>
      <translation>Dieses Bild ist ein Mosaik aus vielen Schichten; es wird als ein Bild gezeigt.</translation>
    </message>
    <message>
      <source>This project was made by a newer version of the program (format {have}, this one knows {known}). Here it is open for reading only.</source>
      <translation>Dieses Projekt stammt von einer neueren Version des Programms (Format {have}, diese kennt {known}). Hier ist es nur zum Lesen geöffnet.</translation>
    </message>
    <message>
      <source>This series holds {count} volumes; each is a case.</source>
      <translation>Diese Serie enthält {count} Volumen; jedes ist ein Fall.</translation>
    </message>
    <message>
      <source>This slice</source>
      <translation>Diese Schicht</translation>
    </message>
    <message>
      <source>This volume lies in a space of its own, which such an object can't name.</source>
      <translation>Dieses Volumen liegt in einem eigenen Raum, den ein solches Objekt nicht nennen kann.</translation>
    </message>
    <message>
      <source>Those of the key map are used; changing a key writes the file anew.</source>
      <translation>Es gelten die der Tastenbelegung; wer eine Taste ändert, schreibt die Datei neu.</translation>
    </message>
    <message>
      <source>Threshold brush</source>
      <translation>Schwellenpinsel</translation>
    </message>
    <message>
      <source>Threshold brush, removing</source>
      <translation>Schwellenpinsel, entfernend</translation>
    </message>
    <message>
      <source>Time has no millimetres.</source>
      <translation>Zeit hat keine Millimeter.</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Bis</translation>
    </message>
    <message>
      <source>Tolerance</source>
      <translation>Toleranz</translation>
    </message>
    <message>
      <source>Train again, or name the weights and the recipe of one run.</source>
      <translation>Trainieren Sie noch einmal, oder nennen Sie Gewichte und Rezept desselben Laufs.</translation>
    </message>
    <message>
      <source>Train it where it comes from, and import it anew.</source>
      <translation>Trainieren Sie es dort, woher es kommt, und importieren Sie es neu.</translation>
    </message>
    <message>
      <source>Train the network.</source>
      <translation>Das Netz trainieren.</translation>
    </message>
    <message>
      <source>Train with a lower rate.</source>
      <translation>Trainieren Sie mit einer kleineren Lernrate.</translation>
    </message>
    <message>
      <source>Training or evaluating.</source>
      <translation>Trainieren oder auswerten.</translation>
    </message>
    <message>
      <source>Training.</source>
      <translation>Trainieren.</translation>
    </message>
    <message>
      <source>Try again when the machine is less busy.</source>
      <translation>Versuchen Sie es noch einmal, wenn der Rechner weniger zu tun hat.</translation>
    </message>
    <message>
      <source>Try again with R; a report lies in the log folder.</source>
      <translation>Versuchen Sie es mit R noch einmal; ein Bericht liegt im Protokollordner.</translation>
    </message>
    <message>
      <source>Try again, or restart the program; the log says more.</source>
      <translation>Versuchen Sie es noch einmal, oder starten Sie das Programm neu; mehr steht im Protokoll.</translation>
    </message>
    <message>
      <source>Turn the network into a graph.</source>
      <translation>Das Netz in einen Graphen umwandeln.</translation>
    </message>
    <message>
      <source>Two inputs share a name: {file} becomes {stem}.</source>
      <translation>Zwei Eingaben teilen sich einen Namen: {file} wird zu {stem}.</translation>
    </message>
    <message>
      <source>Undo did not give the mask back.</source>
      <translation>Das Rückgängigmachen hat die Maske nicht zurückgebracht.</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Wait for its end, or stop it.</source>
      <translation>Warten Sie ihr Ende ab, oder halten Sie sie an.</translation>
    </message>
    <message>
      <source>Wait until the dot is solid, then export again.</source>
      <translation>Warten Sie, bis der Punkt ausgefüllt ist, und exportieren Sie dann noch einmal.</translation>
    </message>
    <message>
      <source>Wait until the dot is solid, then teach it.</source>
      <translation>Warten Sie, bis der Punkt voll ist, und lehren Sie es dann.</translation>
    </message>
    <message>
      <source>What is measured</source>
      <translation>Was gemessen wird</translation>
    </message>
    <message>
      <source>What is touched</source>
      <translation>Das Berührte</translation>
    </message>
    <message>
      <source>What was saved before is safe. Close the project and open it again.</source>
      <translation>Was vorher gespeichert wurde, ist sicher. Schließen Sie das Projekt und öffnen Sie es wieder.</translation>
    </message>
    <message>
      <source>What was saved before is safe. Make room on the disk or bring it back; then it goes on by itself.</source>
      <translation>Was vorher gespeichert wurde, ist sicher. Schaffen Sie Platz auf dem Datenträger, oder schließen Sie ihn wieder an; dann geht es von selbst weiter.</translation>
    </message>
    <message>
      <source>What was written before is whole.</source>
      <translation>Was vorher geschrieben wurde, ist vollständig.</translation>
    </message>
    <message>
      <source>What {file} beside the masks says cannot be understood.</source>
      <translation>Was {file} neben den Masken sagt, ist nicht zu verstehen.</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
    <message>
      <source>Which graph was it trained in? {graphs} have the same tensors, and the file does not tell.</source>
      <translation>In welchem Graphen wurde trainiert? {graphs} haben dieselben Tensoren, und die Datei sagt es nicht.</translation>
    </message>
    <message>
      <source>Whole region</source>
      <translation>Ganzes Gebiet</translation>
    </message>
    <message>
      <source>Widths {dims}, {channels} channels in and {classes} out are no U-RWKV's.</source>
      <translation>Breiten {dims} mit {channels} Kanälen hinein und {classes} hinaus hat kein U-RWKV.</translation>
    </message>
    <message>
      <source>Within {amount} of the value pressed</source>
      <translation>Bis {amount} um den angeklickten Wert</translation>
    </message>
    <message>
      <source>Within {amount} of the value pressed, through the slices</source>
      <translation>Bis {amount} um den angeklickten Wert, durch die Schichten</translation>
    </message>
    <message>
      <source>Write weights and graph.</source>
      <translation>Gewichte und Graph schreiben.</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>Schreiben</translation>
    </message>
    <message>
      <source>Writing DICOM SEG.</source>
      <translation>Schreiben von DICOM SEG.</translation>
    </message>
    <message>
      <source>Writing DICOM.</source>
      <translation>Schreiben von DICOM.</translation>
    </message>
    <message>
      <source>Writing NIfTI.</source>
      <translation>NIfTI schreiben.</translation>
    </message>
    <message>
      <source>Writing RTSTRUCT.</source>
      <translation>Schreiben von RTSTRUCT.</translation>
    </message>
    <message>
      <source>Writing YOLO.</source>
      <translation>Schreiben von YOLO.</translation>
    </message>
    <message>
      <source>Writing a de-identified copy.</source>
      <translation>Schreiben einer de-identifizierten Kopie.</translation>
    </message>
    <message>
      <source>Writing nnU-Net.</source>
      <translation>Schreiben für nnU-Net.</translation>
    </message>
    <message>
      <source>Writing the network's answer down</source>
      <translation>Die Antwort des Netzes wird gespeichert</translation>
    </message>
    <message>
      <source>Writing what the evaluation found.</source>
      <translation>Das Ergebnis der Auswertung schreiben.</translation>
    </message>
    <message>
      <source>Writing your own keys.</source>
      <translation>Ihre eigenen Tasten schreiben.</translation>
    </message>
    <message>
      <source>Writing {format}.</source>
      <translation>Schreiben von {format}.</translation>
    </message>
    <message>
      <source>Your models' folder cannot be written: {reason}.</source>
      <translation>In den Ordner Ihrer Modelle kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>Your own keys cannot be read from {file}.</source>
      <translation>Ihre eigenen Tasten lassen sich aus {file} nicht lesen.</translation>
    </message>
    <message>
      <source>Your own keys could not be written ({reason}).</source>
      <translation>Ihre eigenen Tasten konnten nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
      <source>by the column split</source>
      <translation>nach der Spalte split</translation>
    </message>
    <message>
      <source>copied from the next slice</source>
      <translation>aus der nächsten Schicht kopiert</translation>
    </message>
    <message>
      <source>copied from the previous case</source>
      <translation>aus dem vorigen Fall kopiert</translation>
    </message>
    <message>
      <source>copied from the previous slice</source>
      <translation>aus der vorigen Schicht kopiert</translation>
    </message>
    <message>
      <source>edited, undone, redone</source>
      <translation>bearbeitet, rückgängig gemacht, wiederholt</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>leer</translation>
    </message>
    <message>
      <source>exported and compared: {count} files</source>
      <translation>exportiert und verglichen: {count} Dateien</translation>
    </message>
    <message>
      <source>exporting</source>
      <translation>exportieren</translation>
    </message>
    <message>
      <source>finding the samples</source>
      <translation>die Beispiele finden</translation>
    </message>
    <message>
      <source>fold {fold}</source>
      <translation>Teil {fold}</translation>
    </message>
    <message>
      <source>fold {fold} of {count} that were made of whole groups by seed {seed}</source>
      <translation>Teil {fold} von {count}, die mit dem Startwert {seed} aus ganzen Gruppen gebildet wurden</translation>
    </message>
    <message>
      <source>imported</source>
      <translation>importiert</translation>
    </message>
    <message>
      <source>incomplete: {have} of {need} slices</source>
      <translation>unvollständig: {have} von {need} Schichten</translation>
    </message>
    <message>
      <source>interpolated in 1 slice</source>
      <translation>in 1 Schicht interpoliert</translation>
    </message>
    <message>
      <source>interpolated in {n} slices</source>
      <translation>in {n} Schichten interpoliert</translation>
    </message>
    <message>
      <source>mean and sd need one value for each of {count} channels.</source>
      <translation>mean und sd brauchen einen Wert für jeden von {count} Kanälen.</translation>
    </message>
    <message>
      <source>mm</source>
      <translation>mm</translation>
    </message>
    <message>
      <source>mm²</source>
      <translation>mm²</translation>
    </message>
    <message>
      <source>network</source>
      <translation>Netz</translation>
    </message>
    <message>
      <source>nnU-Net takes colour as single pictures of 8 bit only.</source>
      <translation>nnU-Net nimmt Farbe nur als einzelne Bilder mit 8 Bit.</translation>
    </message>
    <message>
      <source>opened and predicted: {pixels} pixels, {engine}</source>
      <translation>geöffnet und vorhergesagt: {pixels} Pixel, {engine}</translation>
    </message>
    <message>
      <source>opening a case</source>
      <translation>einen Fall öffnen</translation>
    </message>
    <message>
      <source>predicting</source>
      <translation>vorhersagen</translation>
    </message>
    <message>
      <source>px</source>
      <translation>px</translation>
    </message>
    <message>
      <source>this project names it</source>
      <translation>dieses Projekt nennt es</translation>
    </message>
    <message>
      <source>you chose it for this case</source>
      <translation>von Ihnen für diesen Fall gewählt</translation>
    </message>
    <message>
      <source>you chose it for this folder</source>
      <translation>von Ihnen für diesen Ordner gewählt</translation>
    </message>
    <message>
      <source>{amount} {unit}</source>
      <translation>{amount} {unit}</translation>
    </message>
    <message>
      <source>{cause} Its groups are not known: cases of one patient may come to stand on both sides of an exported split.</source>
      <translation>{cause} Ihre Gruppen sind nicht bekannt: Fälle eines Patienten können auf beide Seiten einer exportierten Aufteilung geraten.</translation>
    </message>
    <message>
      <source>{cause} {cure}</source>
      <translation>{cause} {cure}</translation>
    </message>
    <message>
      <source>{cause} {name} goes on.</source>
      <translation>{cause} {name} macht weiter.</translation>
    </message>
    <message>
      <source>{channels} channels are named for {classes} outputs.</source>
      <translation>{channels} Kanäle sind für {classes} Ausgänge benannt.</translation>
    </message>
    <message>
      <source>{count} accepted cases could not be taken: {names}.</source>
      <translation>{count} angenommene Fälle konnten nicht mitgenommen werden: {names}.</translation>
    </message>
    <message>
      <source>{count} images have no mask and are left out: {names}.</source>
      <translation>{count} Bilder haben keine Maske und bleiben weg: {names}.</translation>
    </message>
    <message>
      <source>{count} values of this image are no numbers (NaN or infinite). They are passed over: the rest is scaled as if they were not there.</source>
      <translation>{count} Werte dieses Bildes sind keine Zahlen (NaN oder unendlich). Sie werden übergangen: Der Rest wird skaliert, als gäbe es sie nicht.</translation>
    </message>
    <message>
      <source>{device} needs the package torch, which is not installed.</source>
      <translation>{device} braucht das Paket torch, das nicht installiert ist.</translation>
    </message>
    <message>
      <source>{engine} stopped working on this image.</source>
      <translation>{engine} hat an diesem Bild aufgehört zu arbeiten.</translation>
    </message>
    <message>
      <source>{failed} ran out of memory; {name} goes on.</source>
      <translation>{failed} hat nicht genug Speicher; {name} macht weiter.</translation>
    </message>
    <message>
      <source>{failed} stopped working; {name} goes on.</source>
      <translation>{failed} hat aufgehört zu arbeiten; {name} macht weiter.</translation>
    </message>
    <message>
      <source>{file} can't be read: {reason}.</source>
      <translation>{file} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
      <source>{file} cannot be read ({reason}).</source>
      <translation>{file} ist nicht lesbar ({reason}).</translation>
    </message>
    <message>
      <source>{file} cannot be written: {reason}.</source>
      <translation>{file} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>{file} holds no safetensors.</source>
      <translation>{file} enthält keine safetensors.</translation>
    </message>
    <message>
      <source>{file} is no place for a file.</source>
      <translation>{file} ist kein Ort für eine Datei.</translation>
    </message>
    <message>
      <source>{file} is not a project of this program.</source>
      <translation>{file} ist kein Projekt dieses Programms.</translation>
    </message>
    <message>
      <source>{file} is not the file that its card names: its SHA-256 differs.</source>
      <translation>{file} ist nicht die Datei, die seine Karte nennt: Ihr SHA-256 ist ein anderer.</translation>
    </message>
    <message>
      <source>{file} is there already.</source>
      <translation>{file} gibt es schon.</translation>
    </message>
    <message>
      <source>{fill} in 1 slice</source>
      <translation>{fill} in 1 Schicht</translation>
    </message>
    <message>
      <source>{fill} in {n} slices</source>
      <translation>{fill} in {n} Schichten</translation>
    </message>
    <message>
      <source>{first} trains and {second} validates, and both are the same file.</source>
      <translation>{first} dient dem Training und {second} der Validierung, und beide sind dieselbe Datei.</translation>
    </message>
    <message>
      <source>{folder} has no project yet.</source>
      <translation>{folder} hat noch kein Projekt.</translation>
    </message>
    <message>
      <source>{format} can't hold that. Export this case as DICOM SEG or COCO.</source>
      <translation>{format} kann das nicht aufnehmen. Exportieren Sie diesen Fall als DICOM SEG oder COCO.</translation>
    </message>
    <message>
      <source>{label} is hidden: show it first.</source>
      <translation>{label} ist ausgeblendet: blenden Sie es zuerst ein.</translation>
    </message>
    <message>
      <source>{label} is hidden: show it to paint</source>
      <translation>{label} ist ausgeblendet: zum Malen einblenden</translation>
    </message>
    <message>
      <source>{label} is locked and stays as it is</source>
      <translation>{label} ist gesperrt und bleibt, wie es ist</translation>
    </message>
    <message>
      <source>{listing} names this file, and it is not there.</source>
      <translation>{listing} nennt diese Datei, aber sie ist nicht da.</translation>
    </message>
    <message>
      <source>{longest} × {across} {unit}</source>
      <translation>{longest} × {across} {unit}</translation>
    </message>
    <message>
      <source>{model} has no probability for {label}</source>
      <translation>{model} hat keine Wahrscheinlichkeit für {label}</translation>
    </message>
    <message>
      <source>{name} could not be written: {reason}.</source>
      <translation>{name} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>{name} does not fit the graph {graph} with its widths ({count} such tensors).</source>
      <translation>{name} passt nicht zum Graphen {graph} mit seinen Breiten ({count} solche Tensoren).</translation>
    </message>
    <message>
      <source>{name} has {shape} numbers; no U-RWKV has so many.</source>
      <translation>{name} hat {shape} Zahlen; so viele hat kein U-RWKV.</translation>
    </message>
    <message>
      <source>{name} holds values that are no numbers.</source>
      <translation>{name} enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
      <source>{name} is listed and is not there.</source>
      <translation>{name} ist aufgeführt und nicht vorhanden.</translation>
    </message>
    <message>
      <source>{name} is listed twice.</source>
      <translation>{name} steht zweimal in der Liste.</translation>
    </message>
    <message>
      <source>{name} is no name for a model: letters, digits, - and _ make one.</source>
      <translation>{name} ist kein Name für ein Modell: Buchstaben, Ziffern, - und _ sind erlaubt.</translation>
    </message>
    <message>
      <source>{name} is no plain tensor of numbers.</source>
      <translation>{name} ist kein einfacher Tensor aus Zahlen.</translation>
    </message>
    <message>
      <source>{name} suits what the file says; it does not say its modality.</source>
      <translation>{name} passt zu dem, was die Datei sagt; ihre Modalität nennt sie nicht.</translation>
    </message>
    <message>
      <source>{name} was made for {modality} images.</source>
      <translation>{name} wurde für {modality}-Bilder gemacht.</translation>
    </message>
    <message>
      <source>{name} would still hold the value of {tag} ({where}).</source>
      <translation>{name} enthielte noch den Wert von {tag} ({where}).</translation>
    </message>
    <message>
      <source>{name} · U-RWKV {variant} · IoU {iou} · {reason}</source>
      <translation>{name} · U-RWKV {variant} · IoU {iou} · {reason}</translation>
    </message>
    <message>
      <source>{name} · U-RWKV {variant} · {reason}</source>
      <translation>{name} · U-RWKV {variant} · {reason}</translation>
    </message>
    <message>
      <source>{name}: the mask has changed meanwhile, so nothing was done.</source>
      <translation>{name}: Die Maske hat sich inzwischen geändert, deshalb wurde nichts getan.</translation>
    </message>
    <message>
      <source>{name}: {cause}</source>
      <translation>{name}: {cause}</translation>
    </message>
    <message>
      <source>{name}: {finding}</source>
      <translation>{name}: {finding}</translation>
    </message>
    <message>
      <source>{name}: {reason}</source>
      <translation>{name}: {reason}</translation>
    </message>
    <message>
      <source>{name}…</source>
      <translation>{name} …</translation>
    </message>
    <message>
      <source>{name}… · Escape gives it up</source>
      <translation>{name} … · Esc bricht ab</translation>
    </message>
    <message>
      <source>{one} and {other} overlap on slice {slice}, and a voxel has one label here.</source>
      <translation>{one} und {other} überlappen sich in Schicht {slice}, und ein Voxel hat hier ein Label.</translation>
    </message>
    <message>
      <source>{operation}: draw around where · Escape puts it away</source>
      <translation>{operation}: umfahren Sie die Stelle · Escape legt es weg</translation>
    </message>
    <message>
      <source>{operation}: press on it · Escape puts it away</source>
      <translation>{operation}: klicken Sie darauf · Escape legt es weg</translation>
    </message>
    <message>
      <source>{out} cannot be written: {reason}.</source>
      <translation>{out} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>{out} holds other things than a lesson.</source>
      <translation>{out} enthält anderes als eine Lektion.</translation>
    </message>
    <message>
      <source>{out} lies among the project's images, and would be taken for them.</source>
      <translation>{out} liegt zwischen den Bildern des Projekts und würde für solche gehalten.</translation>
    </message>
    <message>
      <source>{reason}.</source>
      <translation>{reason}.</translation>
    </message>
    <message>
      <source>{train} cases train and {validation} validate: {how}.</source>
      <translation>{train} Fälle trainieren und {validation} prüfen: {how}.</translation>
    </message>
    <message>
      <source>{train} cases train and {validation} validate: {how}. {file} repeats it, with --folds and --fold.</source>
      <translation>{train} Fälle trainieren und {validation} prüfen: {how}. {file} wiederholt es, mit --folds und --fold.</translation>
    </message>
    <message>
      <source>{train} cases would train and {validation} validate.</source>
      <translation>{train} Fälle würden trainieren und {validation} validieren.</translation>
    </message>
    <message>
      <source>{way} · {effect}</source>
      <translation>{way} · {effect}</translation>
    </message>
  </context>
  <context>
    <name>display</name>
    <message>
      <source>Abdomen</source>
      <translation>Abdomen</translation>
    </message>
    <message>
      <source>Bone</source>
      <translation>Knochen</translation>
    </message>
    <message>
      <source>Brain</source>
      <translation>Gehirn</translation>
    </message>
    <message>
      <source>Lung</source>
      <translation>Lunge</translation>
    </message>
    <message>
      <source>Mediastinum</source>
      <translation>Mediastinum</translation>
    </message>
  </context>
  <context>
    <name>keymaps</name>
    <message>
      <source>Default</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>Radiology</source>
      <translation>Radiologie</translation>
    </message>
  </context>
  <context>
    <name>keys</name>
    <message>
      <source>CASES</source>
      <translation>FÄLLE</translation>
    </message>
    <message>
      <source>LABELS AND HISTORY</source>
      <translation>LABELS UND VERLAUF</translation>
    </message>
    <message>
      <source>PROGRAM</source>
      <translation>PROGRAMM</translation>
    </message>
    <message>
      <source>SEEING</source>
      <translation>SEHEN</translation>
    </message>
    <message>
      <source>TOOLS</source>
      <translation>WERKZEUGE</translation>
    </message>
  </context>
  <context>
    <name>mouse</name>
    <message>
      <source>(no tool)</source>
      <translation>(kein Werkzeug)</translation>
    </message>
    <message>
      <source>(tool in the hand)</source>
      <translation>(mit Werkzeug)</translation>
    </message>
    <message>
      <source>Space+</source>
      <translation>Leertaste+</translation>
    </message>
    <message>
      <source>left drag</source>
      <translation>links ziehen</translation>
    </message>
    <message>
      <source>middle drag</source>
      <translation>Mitte ziehen</translation>
    </message>
    <message>
      <source>move the image</source>
      <translation>das Bild verschieben</translation>
    </message>
    <message>
      <source>right drag</source>
      <translation>rechts ziehen</translation>
    </message>
    <message>
      <source>size of the brush</source>
      <translation>Größe des Pinsels</translation>
    </message>
    <message>
      <source>slices: down goes on</source>
      <translation>Schichten: nach unten geht es weiter</translation>
    </message>
    <message>
      <source>slices; on a picture, zoom</source>
      <translation>Schichten; bei einem Einzelbild Zoom</translation>
    </message>
    <message>
      <source>the tool turned round: removes where it adds</source>
      <translation>das Werkzeug umgekehrt: entfernt, wo es sonst hinzufügt</translation>
    </message>
    <message>
      <source>the tool; Ctrl turns it round</source>
      <translation>das Werkzeug; Strg kehrt es um</translation>
    </message>
    <message>
      <source>threshold of the brush</source>
      <translation>Schwelle des Pinsels</translation>
    </message>
    <message>
      <source>to the side</source>
      <translation>zur Seite</translation>
    </message>
    <message>
      <source>up and down; in a volume, slices</source>
      <translation>auf und ab; in einem Volumen Schichten</translation>
    </message>
    <message>
      <source>wheel</source>
      <translation>Rad</translation>
    </message>
    <message>
      <source>window sideways, level up and down</source>
      <translation>Fenster seitwärts, Zentrum auf und ab</translation>
    </message>
    <message>
      <source>zoom to the pointer</source>
      <translation>Zoom zum Zeiger</translation>
    </message>
    <message>
      <source>zoom: up is nearer</source>
      <translation>Zoom: nach oben ist näher</translation>
    </message>
  </context>
  <context>
    <name>planes</name>
    <message>
      <source>Axial</source>
      <translation>Axial</translation>
    </message>
    <message>
      <source>Axial, oblique</source>
      <translation>Axial, schräg</translation>
    </message>
    <message>
      <source>Coronal</source>
      <translation>Koronal</translation>
    </message>
    <message>
      <source>Coronal, oblique</source>
      <translation>Koronal, schräg</translation>
    </message>
    <message>
      <source>Sagittal</source>
      <translation>Sagittal</translation>
    </message>
    <message>
      <source>Sagittal, oblique</source>
      <translation>Sagittal, schräg</translation>
    </message>
    <message>
      <source>mm at the detector</source>
      <translation>mm am Detektor</translation>
    </message>
    <message>
      <source>mm, calibrated</source>
      <translation>mm, kalibriert</translation>
    </message>
  </context>
  <context>
    <name>settings</name>
    <message>
      <source>Apple (MPS)</source>
      <translation>Apple (MPS)</translation>
    </message>
    <message>
      <source>Automatic (CPU)</source>
      <translation>Automatisch (CPU)</translation>
    </message>
    <message>
      <source>Averaged</source>
      <translation>Gemittelt</translation>
    </message>
    <message>
      <source>CPU, full precision</source>
      <translation>CPU, volle Genauigkeit</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Deutsch</source>
      <translation>Deutsch</translation>
    </message>
    <message>
      <source>English</source>
      <translation>English</translation>
    </message>
    <message>
      <source>For the doubt</source>
      <translation>Für den Zweifel</translation>
    </message>
    <message>
      <source>Intel GPU</source>
      <translation>Intel-GPU</translation>
    </message>
    <message>
      <source>Intel NPU</source>
      <translation>Intel-NPU</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Largest picture</source>
      <translation>Größtes Bild</translation>
    </message>
    <message>
      <source>Largest volume, of the free memory</source>
      <translation>Größtes Volumen, vom freien Speicher</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Mirror images</source>
      <translation>Spiegelbilder</translation>
    </message>
    <message>
      <source>NVIDIA (CUDA)</source>
      <translation>NVIDIA (CUDA)</translation>
    </message>
    <message>
      <source>Not used</source>
      <translation>Nicht benutzt</translation>
    </message>
    <message>
      <source>Reader</source>
      <translation>Befunder</translation>
    </message>
    <message>
      <source>System</source>
      <translation>System</translation>
    </message>
    <message>
      <source>The network runs on</source>
      <translation>Das Netz läuft auf</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Erscheinungsbild</translation>
    </message>
    <message>
      <source>the login name</source>
      <translation>der Anmeldename</translation>
    </message>
  </context>
  <context>
    <name>worklist</name>
    <message>
      <source>accepted</source>
      <translation>angenommen</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>bearbeitet</translation>
    </message>
    <message>
      <source>excluded</source>
      <translation>ausgeschlossen</translation>
    </message>
    <message>
      <source>flagged</source>
      <translation>markiert</translation>
    </message>
    <message>
      <source>imported</source>
      <translation>importiert</translation>
    </message>
    <message>
      <source>new</source>
      <translation>neu</translation>
    </message>
    <message>
      <source>predicted</source>
      <translation>vorhergesagt</translation>
    </message>
  </context>
</TS>
