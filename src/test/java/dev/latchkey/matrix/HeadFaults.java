package dev.latchkey.matrix;

import java.util.ArrayList;
import java.util.List;

/** The head of the answer is missing, malformed or contradicts the body. */
final class HeadFaults {

  private static final List<String> STATUS_LINES =
      List.of(
          "HTTP/1.1 abc OK",
          "HTTP/1.1",
          "HTTP/1.1 ",
          "HTTP/1.1 20 OK",
          "HTTP/1.1 2000 OK",
          "HTTP/1.1 -200 OK",
          "HTTP/2.0 200 OK",
          "HTTP/9.9 200 OK",
          "ICY 200 OK",
          "SSH-2.0-OpenSSH_9.2",
          "220 mail.example.com ESMTP",
          "",
          "<!DOCTYPE html>");

  private static final List<String> HEADERS =
      List.of(
          "Content-Length: -1",
          "Content-Length: 1e3",
          "Content-Length: 99999999999999999999",
          "Content-Length: 1000000000000000000",
          "Content-Length: 3",
          "Content-Length: 10\r\nContent-Length: 20",
          "Content-Length: 10\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: gzip",
          "Transfer-Encoding: identity",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: text/html",
          "Content-Type: ",
          "no colon at all",
          ": no name",
          "Na me: x",
          "Nul: a\0b",
          "Folded: a\r\n b",
          "Connection: upgrade\r\nUpgrade: h2c",
          "Proxy-Authenticate: Negotiate",
          "WWW-Authenticate: Basic realm=\"x",
          "WWW-Authenticate: Bearer claims=\"e30=\", error=\"insufficient_claims\"",
          "Date: Fri, 31 Dec +999999999 23:59:59 GMT",
          "Date: Mon, 01 Jan 0001 00:00:00 GMT",
          "Date: Fri, 31 Dec 9999 23:59:59 GMT",
          "Date: yesterday",
          "Retry-After: 99999999999999999999",
          "Retry-After: Fri, 31 Dec +999999999 23:59:59 GMT");

  private HeadFaults() {}

  static List<WireFault> all() {
    List<WireFault> all = new ArrayList<>();
    lost(all);
    for (String line : STATUS_LINES) {
      all.add(
          WireFault.of(
              "status line \"" + line + "\"",
              wire -> {
                GoodAnswer good = wire.act();
                return wire.last(line + "\r\nX: y\r\n\r\n" + good.text());
              }));
    }
    for (String header : HEADERS) {
      all.add(
          WireFault.of(
              "header " + header.replace("\r\n", " / ").replace("\0", "\\0"),
              wire -> {
                GoodAnswer good = wire.act();
                return wire.last(good.head() + header + "\r\n\r\n" + good.text());
              }));
    }
    secrets(all);
    large(all);
    return all;
  }

  private static void lost(List<WireFault> all) {
    for (String end : List.of("", "\r\n", "\r\n\r\n", "\n\n")) {
      all.add(
          WireFault.of(
              "head lost, the body ends in " + end.length() + " line ends",
              wire -> wire.last(wire.act().text() + end)));
    }
    all.add(
        WireFault.of(
            "status line lost",
            wire -> {
              GoodAnswer good = wire.act();
              return wire.last(good.wholeHead().replaceFirst("^.*\r\n", "") + good.text());
            }));
    all.add(
        WireFault.of(
            "end of the head lost",
            wire -> {
              GoodAnswer good = wire.act();
              return wire.last(good.head() + good.text() + "\r\n\r\n");
            }));
    all.add(
        WireFault.of(
            "two heads",
            wire -> {
              GoodAnswer good = wire.act();
              return wire.last(good.wholeHead() + good.wholeHead() + good.text());
            }));
  }

  /** Wherever the JDK may quote the server, it finds a secret. */
  private static void secrets(List<WireFault> all) {
    List<String> heads =
        List.of(
            "HTTP/1.1 %s\r\n\r\n",
            "HTTP/1.1 200 %s\r\nContent-Length: 0\r\n\r\n",
            "HTTP/%s 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
            "HTTP/1.1 200 OK\r\n%s: x\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: %s\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;%s\r\n{}\r\n%s\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 401 Who\r\nWWW-Authenticate: %s\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer claims=\"%s\"\r\n\r\n",
            "HTTP/1.1 302 Go\r\nLocation: http://localhost:1/%s\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 302 Go\r\nLocation: %s://[\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 503 Busy\r\nRetry-After: %s\r\nDate: %s\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 500 No\r\nrequest-id: %s\r\nSet-Cookie: a=%s\r\nContent-Length: 0\r\n\r\n");
    for (String head : heads) {
      all.add(
          WireFault.of(
              "a secret in " + head.replace("\r\n", " / "),
              wire -> wire.last(head.replace("%s", wire.secrets().replace(' ', '-')))));
    }
  }

  private static void large(List<WireFault> all) {
    all.add(
        WireFault.of(
            "a header of 500 KB",
            wire -> wire.last("HTTP/1.1 200 OK\r\nX: " + "x".repeat(500_000) + "\r\n\r\n{}")));
    all.add(
        WireFault.of(
            "20000 headers",
            wire -> wire.last("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000) + "\r\n{}")));
    all.add(
        WireFault.of(
            "a status line of 500 KB",
            wire -> wire.last("HTTP/1.1 200 " + "x".repeat(500_000) + "\r\n\r\n{}")));
  }
}
