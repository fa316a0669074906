"""Officers' pages of the analysis: results, the codebook and the coding desk."""

from litestar import Router

from analysis.pages import codebook, desk, quotes, results

router = Router(
    path="/officer/consultations/{slug:str}",
    route_handlers=[
        results.results,
        codebook.codebook,
        codebook.add_theme,
        codebook.edit_page,
        codebook.edit_theme,
        codebook.move_theme,
        quotes.theme_page,
        quotes.clear_quote,
        quotes.take_back_quote,
        desk.next_unread,
        desk.desk,
        desk.save,
        desk.undo,
    ],
)
