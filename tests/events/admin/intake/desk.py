"""The desk's form that takes in articles, and the cards of their proposals."""

import html

from django.urls import reverse

ADD = "admin:events_article_add"
TEXT = (
    "Talks open\n\nFreedonia and Sylvania held talks in 1966. "
    "Freedonia and Sylvania signed an agreement in 1967."
)


def form_of(client, proposal):
    page = client.get(reverse("admin:events_article_change", args=[proposal.article_id]))
    cards = [card for paragraph in page.context["paragraphs"] for card in paragraph["cards"]]
    return next(card["form"] for card in cards if card["proposal"].pk == proposal.pk)


def address_of(proposal):
    return reverse("admin:events_proposal", args=[proposal.article_id, proposal.pk])


def said(answer):
    return html.unescape(answer.content.decode())
