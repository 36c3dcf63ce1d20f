"""A DICOM data set without what identifies a patient: the standard's table, then a pass of our own.

Runs in the process that writes DICOM: it brings pydicom.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pydicom.datadict import dictionary_has_tag, keyword_for_tag
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import PYDICOM_IMPLEMENTATION_UID

from urwkv_desktop.formats.deidentify import METHOD, PIXEL_GROUP, Deidentification, Identifier, Profile

_SURE = {
    "PatientID", "OtherPatientIDs", "PatientBirthDate", "AccessionNumber", "PatientAddress", "PatientTelephoneNumbers",
    "MedicalRecordLocator", "InstitutionName", "InstitutionAddress", "AdmissionID", "RETIRED_OtherPatientIDs",
    "ReferringPhysicianAddress", "ReferringPhysicianTelephoneNumbers", "PersonAddress", "PersonTelephoneNumbers",
    "IssuerOfPatientID", "PatientTelecomInformation", "IssuerOfAdmissionID", "ServiceEpisodeID",
}
_TEXT = {"AE", "AS", "CS", "DA", "DT", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT", "TM"}
_FREE = {"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"}  # may hold a name that was typed
_STAYING = _TEXT | {"IS", "DS"}
_ALWAYS_GONE = {0x00880200, 0xFFFCFFFC, 0x00420011, 0x54000100}  # icon, padding, embedded document, waveforms
_VERSION_NAME = 0x0013  # of the library that wrote the file
_DUMMY = {"DA": "19000101", "DT": "19000101000000", "TM": "000000", "AS": "000Y", "IS": "0", "DS": "0",
          "UR": "urn:removed"}
_NUMERIC = {"US", "SS", "UL", "SL", "FL", "FD", "UV", "SV"}
_LONGEST = 200


def identifiers(data: Dataset, profile: Profile) -> list[Identifier]:
    """What the data set, its meta group and its preamble say of a person; in the file's order."""
    found = list(_walk(data, profile, ()))
    meta = getattr(data, "file_meta", None)
    if meta is not None:
        found += _walk(meta, profile, ())
    preamble = getattr(data, "preamble", None) or b""
    if preamble.strip(b"\0"):
        found += [Identifier("preamble", "preamble", text, False) for text in _words(preamble)] or [
            Identifier("preamble", "preamble", f"{len(preamble)} bytes", False)]
    kept = [text.casefold() for text in _kept(data, profile)]
    whole, numbers = "\n".join(kept), {text for text in kept if text.isdigit()}
    return [replace(one, stays=one.value in numbers or (not one.is_sure and one.value.casefold() in whole))
            for one in found]


def _kept(data: Dataset, profile: Profile) -> Iterator[str]:
    """The texts that the table leaves in place."""
    for element in data:
        if element.VR == "SQ":
            for item in element.value or ():
                yield from _kept(item, profile)
        elif element.VR in _STAYING and not _speaks(element, profile):
            yield from _values(element)


def _walk(data: Dataset, profile: Profile, above: tuple[str, ...]) -> Iterator[Identifier]:
    for element in data:
        place = "/".join((*above, f"{element.tag.group:04x},{element.tag.element:04x}"))
        if element.VR == "SQ":
            for item in element.value or ():
                yield from _walk(item, profile, (*above, place.rpartition("/")[2]))
        elif element.tag.group != PIXEL_GROUP and _speaks(element, profile):
            yield from _told(element, place)


def _speaks(element: DataElement, profile: Profile) -> bool:
    if element.tag.group == 2:  # its identifiers are the object's, which stand in the data set, or a program's
        private = element.tag.is_private or (element.VR == "OB" and element.tag.element != 1)
        return private or (element.VR in _TEXT and element.tag.element != _VERSION_NAME)
    return profile.action(int(element.tag)) != "K" or element.VR in ("PN", "UI") or not _is_known(element)


def _told(element: DataElement, place: str) -> Iterator[Identifier]:
    keyword = keyword_for_tag(element.tag)
    name = "private tag" if element.tag.is_private else keyword or "unknown tag"
    for value in _values(element):
        if element.VR == "UI":
            if value and not value.startswith("1.2.840.10008."):
                yield Identifier(place, name, value, True, is_uid=True)
        elif value:
            yield Identifier(place, name, value[:_LONGEST], element.VR == "PN" or keyword in _SURE,
                             is_name=element.VR == "PN")


def _values(element: DataElement) -> list[str]:
    value = element.value
    if isinstance(value, bytes):
        return _words(value)
    many = value if isinstance(value, list | tuple) or hasattr(value, "insert") else [value]
    return [str(one).strip(" \0") for one in many if one is not None]


def _words(data: bytes) -> list[str]:
    """Runs of 4 letters and more in bytes that are said to be no text, also in UTF-16."""
    runs = re.findall(rb"[\x20-\x7e]{4,}", data[:100_000]) + [
        run.replace(b"\0", b"") for run in re.findall(rb"(?:[\x20-\x7e]\0){4,}", data[:100_000])]
    return [run.decode("ascii").strip() for run in runs if run.strip()][:50]


def _is_known(element: DataElement) -> bool:
    return not element.tag.is_private and element.VR != "UN" and dictionary_has_tag(element.tag)


def clean(data: Dataset, rule: Deidentification) -> None:
    """In place. The pixels stay as they are: what is burned into them is not seen here."""
    patient = f"{data.get('IssuerOfPatientID', '')}/{data.get('PatientID', '') or data.get('PatientName', '')}"
    code = f"P-{rule.code('patient', patient)}"
    names = [one for one in identifiers(data, rule.profile) if one.is_sure and not one.is_uid]
    _clean(data, rule, _pattern(names))
    data.PatientID, data.PatientName = code, code
    data.PatientIdentityRemoved, data.DeidentificationMethod = "YES", [METHOD[:64], METHOD[64:128]]
    data.LongitudinalTemporalInformationModified = "REMOVED"
    if hasattr(data, "preamble"):
        data.preamble = b"\0" * 128
    if getattr(data, "file_meta", None) is not None:
        data.file_meta = _meta(data)


def _clean(data: Dataset, rule: Deidentification, names: "re.Pattern[str] | None") -> None:
    for element in list(data):
        action = rule.profile.action(int(element.tag))
        known = _is_known(element) or int(element.tag) >> 16 == PIXEL_GROUP
        if action == "X" or not known or int(element.tag) in _ALWAYS_GONE:
            del data[element.tag]
        elif element.VR == "SQ":
            _clean_items(element, rule, names, empty=action == "Z")
        elif element.VR == "UI":
            element.value = _new_uids(element, rule)
        elif action == "Z" or element.VR == "PN":
            element.value = None
        elif action == "D":
            element.value = _dummy(element)
        elif element.VR in _FREE and names is not None and any(names.search(one) for one in _values(element)):
            del data[element.tag]  # a description that names the patient


def _clean_items(element: DataElement, rule: Deidentification, names: "re.Pattern[str] | None", *,
                 empty: bool) -> None:
    if empty:
        element.value = []
        return
    for item in element.value or ():
        _clean(item, rule, names)


def _new_uids(element: DataElement, rule: Deidentification) -> object:
    fresh = [rule.uid(one) for one in _values(element)]
    return fresh if len(fresh) > 1 else (fresh or [""])[0]


def _dummy(element: DataElement) -> object:
    if element.VR in _NUMERIC:
        return 0
    if element.VR.startswith("O") or element.VR == "UN":
        return b"\0\0"
    return _DUMMY.get(element.VR, "REMOVED")


def _pattern(names: list[Identifier]) -> "re.Pattern[str] | None":
    words = {part for one in names for part in (one.value, *(_parts(one.value) if one.is_name else ())) if
             len(part) >= 3}
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])" if len(one) < 6 else re.escape(one)
                               for one in longest_first), re.IGNORECASE)


def _parts(value: str) -> list[str]:
    return [part for part in re.split(r"[\^=\s,]+", value) if part]


def _meta(data: Dataset) -> FileMetaDataset:
    """A group 0002 with nothing in it but what a reader needs: no titles of stations, no private information."""
    old, made = data.file_meta, FileMetaDataset()
    made.MediaStorageSOPClassUID = data.get("SOPClassUID") or old.get("MediaStorageSOPClassUID", "")
    made.MediaStorageSOPInstanceUID = data.get("SOPInstanceUID", "")
    made.TransferSyntaxUID = old.TransferSyntaxUID
    made.ImplementationClassUID = PYDICOM_IMPLEMENTATION_UID
    return made
