"""The role of a mail folder, by its name in the usual languages: sent mail, drafts, spam, trash."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from planner.core.words.folding import fold


class FolderRole(StrEnum):
    """The folder roles that matter."""

    SENT = "sent"
    DRAFTS = "drafts"
    SPAM = "spam"
    TRASH = "trash"


_NAMES = {
    FolderRole.SENT: """
        sent; sent mail; sent-mail; sent_mail; sentmail; sent items; sent messages; sent email; outbox sent
        gesendet; gesendete; gesendete objekte; gesendete elemente; gesendete nachrichten; postausgang gesendet
        envoyé; envoyés; messages envoyés; éléments envoyés; courrier envoyé; objets envoyés
        enviado; enviados; elementos enviados; mensajes enviados; correo enviado; correos enviados
        itens enviados; mensagens enviadas; e-mails enviados; enviadas; enviada; correio enviado
        inviato; inviata; inviati; posta inviata; messaggi inviati; elementi inviati
        verzonden; verzonden items; verzonden berichten; verstuurd
        skickat; skickade; skickat e-post; skickade objekt; skickade meddelanden
        sendt; sendte; sendt post; sendte elementer; sendte e-poster; sendte meldinger; sendte beskeder; sende
        lähetetyt; lähetetyt viestit; wysłane; wysłano; elementy wysłane; odeslané; odeslaná pošta; odoslané
        отправленные; надіслані; elküldött; gönderilmiş; gönderilen; gönderilmiş postalar; trimise; σταλμένα
        送信済み; 送信済みメール; 送信済みトレイ; 已发送; 已发送邮件; 已傳送; 寄件備份; 보낸편지함; 보낸 편지함
    """,
    FolderRole.DRAFTS: """
        draft; drafts; entwurf; entwürfe; brouillon; brouillons; borrador; borradores; rascunho; rascunhos
        bozza; bozze; concept; concepten; utkast; kladde; kladder; luonnokset; luonnos
        szkic; szkice; wersje robocze; koncept; koncepty
        rozepsané; черновик; черновики; чернетки; piszkozat; piszkozatok
        taslak; taslaklar; ciorne; πρόχειρα; 下書き; 草稿; 草稿箱; 임시보관함; 임시 보관함; templates; vorlagen
    """,
    FolderRole.SPAM: """
        spam; junk; junk mail; junk e-mail; junk email; bulk mail; bulk; unwanted; spamverdacht
        junk-e-mail; werbung; unerwünscht; unerwünschte werbung; indésirable; indésirables; courrier indésirable
        pourriel; pourriels; correo no deseado; no deseado
        correo basura; lixo eletrónico; lixo eletrônico; lixo electrónico
        posta indesiderata; indesiderata; ongewenste e-mail; ongewenst; ongewenste reclame; skräppost; skräp
        søppelpost; uønsket; uønsket post; uønsket e-post; uønsket mail; roskaposti; wiadomości-śmieci
        niechciane; nevyžádaná pošta; nevyžádané; спам
        levélszemét; istenmeyen; önemsiz; önemsiz e-posta; ανεπιθύμητα
        迷惑メール; 垃圾邮件; 垃圾郵件; 스팸함; 스팸
    """,
    FolderRole.TRASH: """
        trash; deleted; deleted items; deleted messages; bin; wastebasket; rubbish
        papierkorb; gelöscht; gelöschte objekte; gelöschte elemente; gelöschte nachrichten
        corbeille; supprimés; éléments supprimés; messages supprimés; papelera; eliminados; elementos eliminados
        mensajes eliminados; lixeira; lixo; itens excluídos
        itens eliminados; excluídos; cestino; eliminati; posta eliminata
        elementi eliminati; prullenbak; prullenmand; verwijderd
        verwijderde items; papperskorg; papperskorgen; borttaget
        borttagna objekt; papirkurv; papirkurven; papirkorg
        slettet; slettet post; slettede elementer; søppel; korbeille
        roskakori; poistetut; kosz; elementy usunięte; usunięte; koš; odstraněná pošta; odstraněné; kôš
        корзина; удаленные; удалённые; кошик; kuka
        lomtár; törölt elemek; çöp kutusu; çöp; silinmiş öğeler; coș de gunoi
        κάδος; ゴミ箱; 削除済みアイテム; 已删除; 已删除邮件; 垃圾桶; 휴지통; 지운편지함
    """,
}
_ROLES = {
    fold(name): role
    for role, names in _NAMES.items()
    for line in names.splitlines()
    for name in line.split(";")
    if name.strip()
}
_encoded = re.compile(r"&([A-Za-z0-9+,]{0,200})-")
_ending = re.compile(r"\.(?:sbd|mbox|mbx|mbs)$", re.IGNORECASE)
_number = re.compile(r"[-_ .]\d{1,4}$")


@lru_cache(maxsize=1024)
def role_of_name(name: str) -> FolderRole | None:
    """The role of a folder or label by one name ("Gesendet", "Entw&APw-rfe", "Trash.sbd"); None for any other."""
    plain = fold(_ending.sub("", _from_imap(name[:200])))
    # "sent-2025": a mailbox for one year, or a second one with that name.
    return _ROLES.get(plain) or _ROLES.get(_number.sub("", plain))


def role_of_path(names: Iterable[str]) -> FolderRole | None:
    """The role of a folder by the names on its path, outermost first; a folder within a trash is trash too.

    A name may itself be a path: ".INBOX.Trash", as Maildir++ writes it.
    """
    found = None
    for name in names:
        parts = [name, *name.split(".")] if name.startswith(".") else [name]
        for part in parts:
            role = role_of_name(part)
            if role is not None and (found is None or found is FolderRole.SENT):
                found = role
    return found


def _from_imap(name: str) -> str:
    """An IMAP-encoded name (RFC 3501, 5.1.3) decoded; any other name unchanged."""

    def letters(found: re.Match[str]) -> str:
        data = found[1].replace(",", "/")
        if not data:
            return "&"
        try:
            return a2b_base64(data + "=" * (-len(data) % 4)).decode("utf-16-be")
        except (Error, ValueError):
            return found[0]

    return _encoded.sub(letters, name) if "&" in name else name
