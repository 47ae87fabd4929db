import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from events.logins.addresses import client_address
from tests.events.logins.hasher import CountingHasher

pytestmark = pytest.mark.django_db


def minutes_left(answer):
    return int(re.search(r"for another (\d+) minute", answer.content.decode())[1])


def later(minutes):
    """Let that many minutes go by."""
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=minutes)
        )


def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour(account, guess):
    for _ in range(4):
        answer = guess()
        assert answer.status_code == 200
        assert "correct username and password" in answer.content.decode()

    answer = guess()

    assert answer.status_code == 429
    assert minutes_left(answer) == 15
    assert guess("right").status_code == 429


def test_what_is_locked_is_refused_before_a_password_is_hashed(account, guess):
    for _ in range(5):
        guess()
    CountingHasher.count = 0

    for password in ("wrong", "right"):
        assert guess(password).status_code == 429
    assert guess("right", name="nobody-of-that-name").status_code == 429
    assert CountingHasher.count == 0


def test_the_account_is_locked_from_everywhere_and_the_address_for_every_account(account, guess):
    get_user_model().objects.create_superuser("boris", password="right")
    for _ in range(5):
        guess()

    assert guess("right", address="198.51.100.7").status_code == 429
    assert guess("right", name="boris").status_code == 429
    assert guess("right", name="boris", address="198.51.100.7").status_code == 302


def test_guesses_from_many_addresses_and_with_many_browsers_are_added_up(account, guess):
    for number in range(5):
        guess(address=f"198.51.100.{number}", user_agent=f"Browser {number}")

    assert guess("right", address="192.0.2.9").status_code == 429


def test_an_account_that_does_not_exist_is_locked_like_any_other(account, guess):
    answers = [guess(name="nobody", address="198.51.100.7").content for _ in range(5)][-1]
    others = [guess(address="192.0.2.1").content for _ in range(5)][-1]

    def without_tokens(page):
        return re.sub(rb'value="\w{20,}"|anna|nobody', b"", page)

    assert without_tokens(answers) == without_tokens(others)


def test_the_lock_ends_after_a_quarter_of_an_hour_however_often_it_was_tried(account, guess):
    for _ in range(5):
        guess()
    later(10)
    assert minutes_left(guess("right")) == 5
    later(4)
    assert minutes_left(guess("right")) == 1

    later(1.5)

    assert guess("right").status_code == 302


def test_who_remembers_their_password_starts_anew(account, guess):
    for _ in range(4):
        guess()
    assert guess("right").status_code == 302

    for _ in range(4):
        guess()
    assert guess("right").status_code == 302


def test_an_account_of_ones_own_is_no_way_to_guess_anothers(account, guess):
    get_user_model().objects.create_superuser("boris", password="right")
    for _ in range(4):
        guess()
    assert guess("right", name="boris").status_code == 302

    guess()

    assert guess("right").status_code == 429


def test_an_administrator_unlocks(account, guess, member, client):
    for _ in range(5):
        guess()
    page = reverse("admin:axes_accessattempt_changelist")
    chosen = {"action": "unlock", "_selected_action": [AccessAttempt.objects.get().pk]}
    client.force_login(member("Editors"))
    assert client.post(page, chosen).status_code == 403

    client.force_login(member("Administrators"))
    told = client.get(page).content.decode()
    assert "192.0.2.1" in told
    # As everywhere at the desk: 4 Jun 2018, 09:30.
    assert re.search(r">\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d<", told)
    client.post(page, chosen)

    assert guess("right").status_code == 302


def test_the_command_line_unlocks(account, guess):
    for _ in range(5):
        guess()

    call_command("axes_reset", verbosity=0)

    assert guess("right").status_code == 302


def test_wrong_passwords_go_to_the_log_with_account_and_address_and_without_the_password(account, guess, caplog):
    for _ in range(5):
        guess("s3cret")

    assert "Locking out" in caplog.text
    assert "anna" in caplog.text
    assert "192.0.2.1" in caplog.text
    assert "s3cret" not in caplog.text


def test_neither_passwords_nor_what_was_typed_before_are_kept(account, guess, client):
    client.post("/admin/login/", {"username": "anna", "password": "s3cret", "typed": "kanarienvogel"})

    kept = str(AccessAttempt.objects.values())
    assert "anna" in kept
    assert "s3cret" not in kept
    assert "kanarienvogel" not in kept


def test_old_attempts_do_not_pile_up(account, guess):
    for number in range(3):
        guess(name=f"name-{number}", address=f"198.51.100.{number}")
    later(16)

    guess()

    assert AccessAttempt.objects.count() == 1


@pytest.mark.parametrize(("trusted", "peer", "forwarded", "address"), [
    (False, "192.0.2.1", None, "192.0.2.1"),
    (False, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
    (True, "10.0.0.1", "198.51.100.7", "198.51.100.7"),
    (True, "10.0.0.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
    (True, "10.0.0.1", None, "10.0.0.1"),
    (True, "10.0.0.1", "unknown", "10.0.0.1"),
    (False, "2001:db8:1:2:aaaa:bbbb:cccc:dddd", None, "2001:db8:1:2::"),
    (False, "::ffff:192.0.2.1", None, "192.0.2.1"),
    (False, "", None, None),
    (False, "\0", None, None),
])  # fmt: skip
def test_a_client_is_known_by_the_address_that_it_cannot_make_up(settings, trusted, peer, forwarded, address):
    settings.TRUSTED_PROXY = trusted
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) == address


@pytest.mark.parametrize("address", ["", "10.0.0.1"])
def test_without_a_clients_address_the_account_is_locked_all_the_same(account, guess, settings, address):
    settings.TRUSTED_PROXY = True
    for _ in range(5):
        guess(address=address, x_forwarded_for="nonsense")

    assert guess("right", address=address).status_code == 429
    assert AccessAttempt.objects.get().attempt_time <= timezone.now()
