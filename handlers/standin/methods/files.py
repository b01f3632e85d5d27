"""files.*: the upload in three steps, and what is known of a file."""

from __future__ import annotations

import mimetypes
from dataclasses import replace
from urllib.parse import quote

from handlers.standin.methods._call import Call, Method
from handlers.standin.methods._content import content
from handlers.standin.state import Refused
from handlers.standin.values import File, Json, Message


def as_slack(base: str, file: File) -> Json:
    """The file object of Slack's API."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.media,
        "filetype": file.name.rpartition(".")[2],
        "size": len(file.data),
        "user": file.user,
        "alt_txt": file.alt_text,
        "is_public": False,
        "url_private": f"{base}/files/{file.id}/{quote(file.name)}",
        "url_private_download": f"{base}/files/{file.id}/download/{quote(file.name)}",
    }


def upload_url(call: Call) -> Json:
    """Step one: an address to send the bytes to."""
    name = str(call.need("filename"))
    if int(call.need("length")) <= 0:
        raise Refused("invalid_arguments")
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    alt = str(call.params.get("alt_txt") or "")
    file = File(call.state.new_id("F"), call.team.id, call.team.bot_user, name, alt_text=alt, media=media)
    call.state.files[file.id] = file
    return {"upload_url": f"{call.base}/upload/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    """Step three: share what was uploaded, in a channel where one is named."""
    done = []
    for given in call.need("files"):
        file = call.state.files.get(given.get("id", ""))
        if file is None or file.team != call.team.id or not file.data:
            raise Refused("file_not_found")
        done.append(replace(file, title=given.get("title") or file.name, shared=True))
    call.state.files |= {file.id: file for file in done}
    objects = [as_slack(call.base, file) for file in done]
    if call.params.get("channel_id"):
        inside = replace(call, params={**call.params, "channel": call.params["channel_id"]})
        channel = inside.channel(posting=True)
        comment = call.params.get("initial_comment") or ""
        words = content({"text": comment}) if comment else {"text": ""}
        call.state.post(
            Message(
                channel.id,
                call.state.ts(),
                call.team.bot_user,
                thread=call.params.get("thread_ts") or None,
                bot_id=call.team.bot_id,
                files=tuple(objects),
                **words,
            )
        )
    return {"files": objects}


def info(call: Call) -> Json:
    """What is known of a file."""
    file = call.state.files.get(str(call.need("file")))
    if file is None or file.team != call.team.id:
        raise Refused("file_not_found")
    return {"file": as_slack(call.base, file)}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete, "files:write"),
    "files.info": Method(info, "files:read"),
}
