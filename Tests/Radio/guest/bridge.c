/* Carries HCI packets between a virtio-serial port and /dev/vhci.
 *
 *   bridge PORT NUMBER     PORT: file of the port; NUMBER: 0 for an ordinary (primary) controller
 *
 * /dev/vhci takes one packet a write, so the stream of the port is cut at the lengths that H4 headers give.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { H4_COMMAND = 1, H4_ACL = 2, H4_SCO = 3, H4_EVENT = 4, H4_ISO = 5, H4_VENDOR = 0xff };

static ssize_t packet_length(const uint8_t *p, size_t n)
{
    if (n < 1) return 0;
    switch (p[0]) {
    case H4_COMMAND: return n < 4 ? 0 : 4 + p[3];
    case H4_ACL: return n < 5 ? 0 : 5 + (p[3] | p[4] << 8);
    case H4_SCO: return n < 4 ? 0 : 4 + p[3];
    case H4_EVENT: return n < 3 ? 0 : 3 + p[2];
    case H4_ISO: return n < 5 ? 0 : 5 + ((p[3] | p[4] << 8) & 0x3fff);
    default: return -1;
    }
}

static int write_all(int fd, const uint8_t *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) {
                struct pollfd wait = { .fd = fd, .events = POLLOUT };
                poll(&wait, 1, 1000);
                continue;
            }
            return -1;
        }
        p += done;
        n -= done;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bridge PORT\n");
        return 64;
    }
    int port = open(argv[1], O_RDWR);
    int vhci = open("/dev/vhci", O_RDWR);
    if (port < 0 || vhci < 0) {
        fprintf(stderr, "bridge: %s: %s\n", port < 0 ? argv[1] : "/dev/vhci", strerror(errno));
        return 1;
    }
    const uint8_t primary[] = { H4_VENDOR, 0x00 };
    if (write(vhci, primary, sizeof primary) < 0) {
        fprintf(stderr, "bridge: no controller: %s\n", strerror(errno));
        return 1;
    }

    static uint8_t stream[1 << 16];
    size_t held = 0;
    struct pollfd both[2] = { { .fd = port, .events = POLLIN }, { .fd = vhci, .events = POLLIN } };
    for (;;) {
        if (poll(both, 2, -1) < 0 && errno != EINTR) return 1;
        if (both[0].revents & (POLLHUP | POLLERR)) return 0;
        if (both[1].revents & POLLIN) {
            uint8_t packet[4096];
            ssize_t n = read(vhci, packet, sizeof packet);
            if (n > 0 && packet[0] != H4_VENDOR && write_all(port, packet, n) < 0) return 1;
        }
        if (both[0].revents & POLLIN) {
            ssize_t n = read(port, stream + held, sizeof stream - held);
            if (n <= 0) return 0;
            held += n;
            size_t at = 0;
            for (;;) {
                ssize_t length = packet_length(stream + at, held - at);
                if (length < 0) {
                    fprintf(stderr, "bridge: not H4: 0x%02x\n", stream[at]);
                    return 1;
                }
                if (length == 0 || (size_t)length > held - at) break;
                if (write(vhci, stream + at, length) < 0) fprintf(stderr, "bridge: vhci: %s\n", strerror(errno));
                at += length;
            }
            memmove(stream, stream + at, held - at);
            held -= at;
        }
    }
}
