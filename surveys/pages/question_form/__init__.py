"""The form of one question: a type is chosen, its words and settings written, both texts shown."""

from surveys.pages.question_form import adding, form, meanwhile

handlers = (
    adding.new_question,
    adding.add_question,
    form.question_form,
    form.change_question,
    meanwhile.settle,
    meanwhile.put_back,
)
