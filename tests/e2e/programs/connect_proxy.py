#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# connect_proxy.py: an HTTP proxy that knows CONNECT alone. Prints its port, then a line for each tunnel.
import socket
import threading


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for side in (source, target):
        try:
            side.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    head = b""
    while b"\r\n\r\n" not in head:
        data = client.recv(4096)
        if not data:
            return
        head += data
    method, where, _ = head.split(b"\r\n")[0].decode().split(" ")
    if method != "CONNECT":
        client.sendall(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")
        client.close()
        return
    host, port = where.rsplit(":", 1)
    server = socket.create_connection((host, int(port)))
    print("CONNECT", where, flush=True)
    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
