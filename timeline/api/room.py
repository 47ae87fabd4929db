"""Room for so many at a time; others wait for it, in the order in which they came, and not for long."""

from collections import deque
from threading import Lock

#: So many may wait for their turn: where a process gives 600 answers a second, the last of them has it after 50 ms.
WAITING = 28
#: Seconds for which they wait at most: a refusal is to come within a tenth of a second, and reaches the reader later.
PATIENCE = 0.06
#: Seconds for all others: not none, for who is refused at once asks again at once.
PAUSE = 0.02


class Room:
    """A number of *places*: each is entered and left again.

    A free place goes to who has waited longest. A semaphore would give it to whoever comes just then, while those
    before lose their patience.
    """

    def __init__(self, places: int) -> None:
        self.free = places
        self.turns: deque[Lock] = deque()  #: one for each who waits, held until a place is given
        self.changing = Lock()

    def enter(self) -> bool:
        """Whether there is a place, in the end."""
        with self.changing:
            if self.free:
                self.free -= 1
                return True
            patience = PATIENCE if len(self.turns) < WAITING else PAUSE
            turn = Lock()
            turn.acquire()
            self.turns.append(turn)
        return turn.acquire(timeout=patience) or not self._gave_up(turn)

    def _gave_up(self, turn: Lock) -> bool:
        """Whether no place was given in the last moment."""
        with self.changing:
            if turn in self.turns:
                self.turns.remove(turn)
                return True
            return False

    def leave(self) -> None:
        with self.changing:
            if self.turns:
                self.turns.popleft().release()
            else:
                self.free += 1
