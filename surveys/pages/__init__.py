"""The pages of what is asked: for everyone the overview, for officers the questionnaire."""

from litestar import Router

from surveys.pages import about, importing, overview, preview, questionnaire

router = Router(
    path="/",
    route_handlers=[
        overview.overview,
        importing.import_page,
        importing.import_questionnaire,
        importing.version_page,
        importing.add_version,
        questionnaire.questionnaire_page,
        questionnaire.open_round,
        questionnaire.pause_round,
        questionnaire.close_round,
        questionnaire.plan_page,
        questionnaire.plan_round,
        questionnaire.download,
        preview.preview,
        about.about_page,
        about.change_about,
        about.see_overview,
    ],
)
