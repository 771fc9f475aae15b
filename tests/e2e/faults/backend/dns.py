# SPDX-License-Identifier: Apache-2.0
#
# dns.py FILE - a name server on 127.0.0.1:53 that does what the word in FILE says: found (127.0.0.1, whatever the
# name), none (NXDOMAIN), failure (SERVFAIL), silent. Brings the loopback up, and writes "ready" into FILE, first.
import fcntl
import socket
import struct
import sys

NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3
TYPE_A = 1
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def question_end(query):
    at = 12
    while query[at]:
        at += query[at] + 1
    return at + 5


def answer(query, manner):
    end = question_end(query)
    is_a = struct.unpack(">H", query[end - 4:end - 2])[0] == TYPE_A
    code = {"none": NXDOMAIN, "failure": SERVFAIL}.get(manner, NOERROR)
    count = 1 if manner == "found" and is_a else 0
    record = struct.pack(">HHHIH", 0xC00C, TYPE_A, 1, 60, 4) + bytes([127, 0, 0, 1])
    return query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, count, 0, 0) + query[12:end] + record * count


def bring_up(interface):
    with socket.socket() as any_socket:
        request = struct.pack("16sh14x", interface, IFF_UP | IFF_RUNNING)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


bring_up(b"lo")
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write("ready\n")
while True:
    data, peer = server.recvfrom(4096)
    with open(sys.argv[1], encoding="ascii") as file:
        word = file.read().strip()
    if word in ("found", "none", "failure"):
        server.sendto(answer(data, word), peer)
