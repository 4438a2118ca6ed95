"""Children made and waited for, four at a time, and nothing else: the floor of calls that have a child each."""

import os

import contest

AT_A_TIME = 4


class Forks(contest.Contender):
    def do_calls(self, count):
        for _ in range(AT_A_TIME):
            fork()
        for _ in range(count - AT_A_TIME):
            os.wait()
            fork()
        for _ in range(AT_A_TIME):
            os.wait()


def fork():
    if os.fork() == 0:
        os._exit(0)


if __name__ == "__main__":
    contest.contend(Forks())
