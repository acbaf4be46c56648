package dev.latchkey.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The connection breaks or stalls at some point of the exchange. */
final class ConnectionFaults {

  private final List<WireFault> all = new ArrayList<>();

  private ConnectionFaults() {}

  static List<WireFault> all() {
    ConnectionFaults faults = new ConnectionFaults();
    faults.unread();
    faults.unanswered();
    faults.inTheHead();
    faults.inTheBody();
    return faults.all;
  }

  private void unread() {
    all.add(new WireFault("reset before the request was read", false, false, Wire::reset));
    all.add(new WireFault("closed before the request was read", false, false, Wire::close));
    all.add(new WireFault("hang before the request was read", false, true, Wire::hang));
  }

  private void unanswered() {
    each("after the request", wire -> {});
    each("after acting", Wire::act);
  }

  private void inTheHead() {
    each("in the status line", wire -> wire.write("HTTP/1.1 2"));
    each("in the head", wire -> wire.write("HTTP/1.1 200 OK\r\nContent-Type: appl"));
    each("after acting, in the head", wire -> wire.write(wire.act().head()));
    slow("the head drips", wire -> wire.drip("HTTP/1.1 200 OK\r\nX-Slow: yes"));
    slow(
        "headers drip for ever",
        wire -> {
          wire.write("HTTP/1.1 200 OK\r\n");
          return wire.drip("X: y\r\n");
        });
  }

  private void inTheBody() {
    each("after the head", wire -> wire.write(wire.act().wholeHead()));
    each(
        "in the body",
        wire -> {
          GoodAnswer good = wire.act();
          wire.write(good.wholeHead() + start(good, 5));
        });
    each(
        "in a chunk",
        wire -> {
          GoodAnswer good = wire.act();
          wire.write(good.head() + "Transfer-Encoding: chunked\r\n\r\nfff\r\n" + start(good, 5));
        });
    for (int tenth = 0; tenth < 10; tenth++) {
      int cut = tenth;
      add(
          "closed after " + tenth + " tenths of the body",
          wire -> {
            GoodAnswer good = wire.act();
            return wire.last(good.wholeHead() + start(good, cut));
          });
      add(
          "reset after " + tenth + " tenths of the body",
          wire -> {
            GoodAnswer good = wire.act();
            wire.write(good.wholeHead() + start(good, cut));
            return wire.reset();
          });
      add(
          "ends after " + tenth + " tenths of the body, without a length",
          wire -> {
            GoodAnswer good = wire.act();
            return wire.last(good.head() + "\r\n" + start(good, cut));
          });
    }
    slow(
        "the body drips for ever",
        wire -> {
          wire.write(wire.act().head() + "Content-Type: application/json\r\n\r\n{");
          return wire.drip(" ");
        });
    slow(
        "the announced body drips",
        wire -> {
          wire.write(wire.act().head() + "Content-Length: 100000\r\n\r\n{\"a\":\"");
          return wire.drip("a");
        });
    slow(
        "chunks drip for ever",
        wire -> {
          wire.write(wire.act().head() + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
          return wire.drip("1\r\n \r\n");
        });
    add(
        "every byte alone",
        wire -> {
          GoodAnswer good = wire.act();
          for (char c : (good.wholeHead() + good.text()).toCharArray()) {
            wire.write(String.valueOf(c));
          }
          return wire.close();
        });
  }

  private interface Beginning {
    void play(Wire wire) throws IOException;
  }

  /** Ends each beginning in three ways. */
  private void each(String where, Beginning beginning) {
    add(
        "reset " + where,
        wire -> {
          beginning.play(wire);
          return wire.reset();
        });
    add(
        "closed " + where,
        wire -> {
          beginning.play(wire);
          return wire.close();
        });
    slow(
        "hang " + where,
        wire -> {
          beginning.play(wire);
          return wire.hang();
        });
  }

  private void add(String name, WireFault.Script script) {
    all.add(WireFault.of(name, script));
  }

  private void slow(String name, WireFault.Script script) {
    all.add(WireFault.slow(name, script));
  }

  /** The first tenths of the body; these bodies are ASCII. */
  static String start(GoodAnswer good, int tenths) {
    String text = good.text();
    return text.substring(0, text.length() * tenths / 10);
  }
}
