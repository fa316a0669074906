"""Where officers bring responses as a file, and take them away."""

import asyncio
import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.forms import BIGGEST_UPLOAD, Form, read_form
from app.problems import Problem, Refusal
from app.settings import settings
from app.templating import render
from responses.files.formats import FORMATS
from responses.response import CHANNEL_WORDS, Channel
from responses.store import bringing
from responses.store.bringing import Brought
from responses.store.exporting import export_responses
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]

IN_AND_OUT = "/officer/consultations/{slug:str}/responses/in-and-out"


class FilesPage(Struct, frozen=True):
    slug: str
    title: str
    rounds: tuple[int, ...]
    channels: Mapping[str, str]
    forms: Mapping[str, str]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(IN_AND_OUT, guards=[may_manage], name="response-files")
async def files_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return _shown(request, await surveys.consultation(slug), Form({}))


@post(
    f"{IN_AND_OUT}/import",
    guards=[may_manage],
    name="bring-responses",
    request_max_body_size=BIGGEST_UPLOAD,
)
async def bring_file(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    """Keeps the file and begins to check it."""
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    chosen = form.files("file")
    channel = form.text("channel")
    if not chosen or not chosen[0].data:
        form.refuse("file", "Choose a file")
    if channel not in [*Channel]:
        form.refuse("channel", "Choose how these responses reached you")
    into = form.whole_number("into")
    if form.problems:
        return _shown(request, consultation, form)
    token = await bringing.keep(consultation.id, chosen[0].data)
    brought = Brought(chosen[0].name, Channel(channel), into)
    await bringing.start(consultation, token, brought, by=request.user.email, dry=True)
    return Redirect(f"/officer/consultations/{slug}/responses/in-and-out/{token}", status_code=303)


@post(f"{IN_AND_OUT}/export", guards=[may_manage], name="export-responses")
async def export_file(slug: FromPath[str], request: AnyRequest) -> Response[Any]:
    """The file and what explains it, in one archive. A post: taking responses out is audited."""
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    chosen = form.text("format")
    if chosen not in FORMATS:
        form.refuse("format", "Choose what kind of file you need")
    number = form.whole_number("of")
    if form.problems:
        return _shown(request, consultation, form)
    with tempfile.TemporaryDirectory(dir=settings().data_dir) as folder:
        output = Path(folder) / f"{slug}.{chosen}"
        try:
            written = await export_responses(
                consultation,
                output,
                form=chosen,
                round_number=number,
                private=form.ticked("private"),
                by=request.user.email,
            )
        except Refusal as refused:
            form.refuse("format", refused.words)
            return _shown(request, consultation, form)
        archive = await asyncio.to_thread(_archive, (output, *written.beside), written.notes)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{chosen}.zip"'}
    return Response(archive, media_type="application/zip", headers=headers)


def _archive(files: tuple[Path, ...], notes: tuple[str, ...]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
        if notes:
            archive.writestr("notes.txt", "\n".join(notes) + "\n")
    return packed.getvalue()


def _shown(request: AnyRequest, consultation: Consultation, form: Form) -> Response[str]:
    page = FilesPage(
        slug=consultation.slug,
        title=consultation.title,
        rounds=tuple(each.number for each in consultation.rounds),
        channels={channel.value: words for channel, words in CHANNEL_WORDS.items()},
        forms=FORMATS,
        typed={field: values[0] for field, values in form.fields.items() if values},
        problems=tuple(form.problems),
    )
    status = 422 if form.problems else 200
    return render(request, "responses/in_and_out.html", page, status=status)


handlers = [files_page, bring_file, export_file]
