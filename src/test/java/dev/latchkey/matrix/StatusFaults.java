package dev.latchkey.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The answer has another status, with every kind of body. */
final class StatusFaults {

  private static final List<Integer> STATUSES =
      List.of(
          200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403,
          404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 415, 416, 423, 429, 431, 451, 500, 501,
          502, 503, 504, 507, 509, 511, 520, 599, 600, 999);

  private static final List<Integer> INTERIM = List.of(100, 101, 102, 103, 150, 199);

  private StatusFaults() {}

  static List<WireFault> all(UnaryOperator<String> error) {
    List<WireFault> all = new ArrayList<>();
    for (int status : STATUSES) {
      all.add(of(status, "nothing", wire -> ""));
      all.add(of(status, "an error", wire -> error.apply("What is " + wire.secrets() + "?")));
      all.add(of(status, "a page", wire -> "<html><title>" + wire.secrets() + "</title></html>"));
      all.add(of(status, "the good body", wire -> wire.act().text()));
    }
    for (int status : INTERIM) {
      all.add(
          WireFault.of(
              status + ", then the good answer",
              wire -> {
                GoodAnswer good = wire.act();
                wire.write("HTTP/1.1 " + status + " Wait\r\n\r\n");
                return wire.last(good.wholeHead() + good.text());
              }));
      all.add(
          WireFault.of(
              status + ", then the end",
              wire -> wire.last("HTTP/1.1 " + status + " Wait\r\n\r\n")));
      all.add(
          WireFault.slow(
              status + ", then nothing",
              wire -> {
                wire.write("HTTP/1.1 " + status + " Wait\r\n\r\n");
                return wire.hang();
              }));
    }
    all.add(WireFault.slow("100 for ever", wire -> wire.drip("HTTP/1.1 100 Wait\r\n\r\n")));
    all.add(redirect("relative", "//localhost"));
    all.add(redirect("to a file", "file:///etc/passwd"));
    all.add(redirect("to itself", ""));
    return all;
  }

  private interface Content {
    String of(Wire wire);
  }

  private static WireFault of(int status, String what, Content content) {
    return WireFault.of(
        status + " with " + what,
        wire -> {
          String body = content.of(wire);
          boolean bare = status == 204 || status == 304;
          wire.write(
              "HTTP/1.1 "
                  + status
                  + " Status\r\n"
                  + (status / 100 == 3 ? "Location: " + wire.decoy() + "\r\n" : "")
                  + (body.startsWith("<") ? "Content-Type: text/html\r\n" : "")
                  + (body.startsWith("{") ? "Content-Type: application/json\r\n" : "")
                  + (bare ? "" : "Content-Length: " + body.length() + "\r\n")
                  + "\r\n"
                  + (bare ? "" : body));
          return true;
        });
  }

  private static WireFault redirect(String name, String location) {
    return WireFault.of(
        "redirect " + name,
        wire ->
            wire.last(
                "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
  }
}
