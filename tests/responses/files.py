"""A consultation that asks for files, and files to send."""

import io
from typing import Any

from PIL import Image

from app import clock
from surveys.consultation import Consultation
from surveys.file_content import Content
from tests.responses.asking import SLUG, opened

LETTER = Content("letter.txt", "text/plain", b"Dear council,\n")
PLAN = Content("plan.txt", "text/plain", b"The bus stop moves to the left")
RESPOND = f"/consultations/{SLUG}/respond"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"

ASKING: dict[str, Any] = {
    "title": "Bus stops",
    "languages": ["en", "cy"],
    "pages": [
        {
            "title": "Your stop",
            "questions": [
                {"key": "stop", "type": "text", "text": "Which stop?", "required": True},
                {"key": "plans", "type": "upload", "text": "Any plans?", "max_files": 2},
                {
                    "key": "photo",
                    "type": "upload",
                    "text": "A photo?",
                    "accept": ["image"],
                    "max_megabytes": 1,
                    "show_if": {"question": "stop", "is_not": "none"},
                },
            ],
        },
        {
            "title": "More",
            "questions": [
                {"key": "why", "type": "long_text", "text": "Why?"},
                {
                    "key": "proof",
                    "type": "upload",
                    "text": "Proof of disability?",
                    "special_category": True,
                    "show_if": {"question": "plans", "answered": True},
                },
            ],
        },
    ],
}


async def asking_for_files(**more: Any) -> Consultation:
    return await opened({**ASKING, **more}, now=clock.now())


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "#204060").save(written, "JPEG")
    return written.getvalue()
