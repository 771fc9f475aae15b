#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# backend.py - a backend that goes wrong as it is told, line by line on its standard input; each line gets one back:
#
#     http ANSWER…        a port whose requests get these answers, one each, and 200 from then on; one with a * is given
#                         for ever; answers: http1.py
#     grpc ANSWER…        the same for gRPC; answers: http2.py
#     deaf, full          before one of these: the port refuses, or nobody accepts its connections, until `hear PORT`
#     hear PORT           listens (again)
#     plan PORT ANSWER…   other answers from now on
#     close PORT          closes the port and all its connections
#     tell PORT           what came there, in words:
#         asked=A,B       the answers that were given, in order
#         seen=N          different spans
#         acked=N         of these, so many were taken and their sender told so
#         copies=N        spans that came again after they had been taken
#         bodies=N        different requests
#         wrong=…         what must not be: a copy of a span whose sender knew, a request that is none
#     times PORT          milliseconds between one request and the next
#
# It ends with its input.
import hashlib
import socket
import sys
import threading
import time

import http1
import http2
from request import Strange, span_ids

SERVE = {"http": http1.serve, "grpc": http2.serve}


class Port:
    """A port, its plan, and what came there."""

    def __init__(self, manner, protocol, answers):
        self.serve, self.answers = SERVE[protocol], answers
        self.usual = "200" if protocol == "http" else "0"
        self.lock = threading.Lock()
        self.connections, self.fillers = set(), []
        self.asked, self.times, self.bodies, self.wrong = [], [], set(), []
        self.seen, self.taken, self.acked, self.copies = set(), set(), set(), 0
        self.holder = self.make("127.0.0.1", 0)  # never listens; while the port is closed, nobody else gets its number
        self.number = self.holder.getsockname()[1]
        self.listener = self.make("127.0.0.1", self.number)
        if manner == "full":
            self.fill()
        elif manner != "deaf":
            self.hear()

    @staticmethod
    def make(host, number):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, number))
        return listener

    def fill(self):
        """As many connections as the kernel keeps for a listener; it answers no other."""
        self.listener.listen(0)
        for _ in range(3):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", self.number))
            self.fillers.append(filler)

    def hear(self):
        if self.listener is None:
            self.listener = self.make("127.0.0.1", self.number)
        self.listener.listen(64)
        for filler in self.fillers:
            filler.close()
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes who accepts
        self.listener.close()
        self.listener = None
        with self.lock:
            for connection in self.connections:
                http1.kill(connection)

    def accept(self, listener):
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.run, args=(connection,), daemon=True).start()

    def run(self, connection):
        with self.lock:
            self.connections.add(connection)
        try:
            self.serve(connection, self)
        except (OSError, EOFError):
            pass
        except Strange as e:
            self.wrong.append(str(e))
        with self.lock:
            self.connections.discard(connection)
        connection.close()

    # ---- for who serves ----

    def peek(self):
        with self.lock:
            return self.answers[0].rstrip("*") if self.answers else self.usual

    def note(self, answer):
        """That answer is under way."""
        with self.lock:
            self.asked.append(answer)
            self.times.append(time.monotonic())

    def take_answer(self):
        with self.lock:
            answer = self.answers[0].rstrip("*") if self.answers else self.usual
            if self.answers and not self.answers[0].endswith("*"):
                self.answers.pop(0)
        self.note(answer)
        return answer

    def arrived(self, body):
        ids = span_ids(body)
        with self.lock:
            self.bodies.add(hashlib.sha256(body).digest())
            self.seen.update(ids)
        return ids

    def takes(self, ids):
        with self.lock:
            self.copies += len(self.taken.intersection(ids))
            if self.acked.intersection(ids):
                self.wrong.append("copy-of-what-was-acknowledged")
            self.taken.update(ids)

    def acks(self, ids):
        """Right before the answer goes out: whoever hears it must find it here."""
        with self.lock:
            self.acked.update(ids)

    def tell(self):
        with self.lock:
            return "asked=%s seen=%d acked=%d copies=%d bodies=%d wrong=%s" % (
                ",".join(self.asked), len(self.seen), len(self.acked), self.copies, len(self.bodies),
                ",".join(self.wrong))

    def waits(self):
        return " ".join("%d" % ((b - a) * 1000) for a, b in zip(self.times, self.times[1:]))


def main():
    ports = {}
    for line in sys.stdin:
        words = line.split()
        manner = words.pop(0) if words[0] in ("deaf", "full") else ""
        if words[0] in SERVE:
            port = Port(manner, words[0], words[1:])
            ports[port.number] = port
            told = str(port.number)
        elif words[0] == "plan":
            ports[int(words[1])].answers = words[2:]
            told = ""
        else:
            port = ports[int(words[1])]
            told = {"hear": port.hear, "close": port.close, "tell": port.tell, "times": port.waits}[words[0]]() or ""
        print(told, flush=True)


main()
