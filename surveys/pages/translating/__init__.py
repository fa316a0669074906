"""Translating a draft: its languages, and every text of a page beside its translation."""

from surveys.pages.translating import languages, sheet

handlers = (
    languages.languages_page,
    languages.add_language,
    sheet.sheet_page,
    sheet.save_sheet,
)
