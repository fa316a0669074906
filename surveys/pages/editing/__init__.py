"""The editor of a draft: its outline, pages, cover and history, and how a new one begins."""

from surveys.pages.editing import cover, history, moving, outline, page_form, removing, starting

handlers = (
    starting.new_page,
    starting.begin,
    outline.outline_page,
    outline.undo,
    outline.redo,
    history.history_page,
    cover.cover_page,
    cover.change_cover,
    page_form.new_page,
    page_form.add_page,
    page_form.page_form,
    page_form.change_page,
    moving.move_page_form,
    moving.move_page,
    moving.copy_page,
    moving.move_question_form,
    moving.move_question,
    moving.copy_question,
    removing.page_removal,
    removing.remove_page,
    removing.question_removal,
    removing.remove_question,
)
