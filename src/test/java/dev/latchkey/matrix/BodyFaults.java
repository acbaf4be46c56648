package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The body is not the one that the protocol asks for. */
final class BodyFaults {

  private final List<WireFault> all = new ArrayList<>();

  private BodyFaults() {}

  static List<WireFault> all() {
    BodyFaults faults = new BodyFaults();
    faults.otherTypes();
    faults.otherJson();
    faults.chunks();
    faults.large();
    return faults.all;
  }

  private void otherTypes() {
    body("a portal's page", "text/html", good -> "<html>Welcome to the airport</html>");
    body("text", "text/plain", good -> "busy");
    body("the good body as text", "text/plain", GoodAnswer::text);
    body("the good body as a picture", "image/png", GoodAnswer::text);
    body("a byte order mark", "application/json", good -> "\uFEFF" + good.text());
    body("a page around the good body", "text/html", good -> "<pre>" + good.text() + "</pre>");
    body("a form", "application/x-www-form-urlencoded", good -> "access_token=x&token_type=bearer");
    bytes("UTF-16", good -> good.text().getBytes(UTF_16));
    bytes(
        "bytes that are not UTF-8",
        good -> good.text().replace("\"}", "?\"}").getBytes(UTF_8).clone());
    bytes(
        "each byte plus 128",
        good -> {
          byte[] bytes = good.body().clone();
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= (byte) 0x80;
          }
          return bytes;
        });
    bytes("nulls", good -> new byte[good.body().length + 1]);
  }

  private void otherJson() {
    json("[]");
    json("{}");
    json("null");
    json("true");
    json("1");
    json("\"%s\"");
    json("{\"%s\":1,\"%s\":2}");
    json("{\"%s\"");
    json("{\"a\":%s}");
    json("{'a':'%s'}");
    json("{\"a\":\"%s\\q\"}");
    json("{\"a\":1e999999999}");
    json("{\"a\":\"%s\"}");
    json("{\"error\":null}");
    json("{\"error\":{}}");
    json("{\"error\":[\"%s\"]}");
    json("{\"error\":\"\"}");
    json("{\"error\":\"%s\"}");
    json("{\"error\":\"\\u001b]0;owned\\u0007\"}");
    json("{\"error\":\"unheard_of\",\"error_description\":\"%s\",\"error_codes\":[1e99,\"%s\"]}");
    body("the good body twice", "application/json", good -> good.text() + good.text());
    body("the good body in an array", "application/json", good -> "[" + good.text() + "]");
    body("something behind the good body", "application/json", good -> good.text() + "<!-- -->");
    body("a comment before the good body", "application/json", good -> "/* */" + good.text());
    body("blanks around the good body", "application/json", good -> "\r\n " + good.text() + "\n");
    body("200000 brackets", "application/json", good -> "[".repeat(200_000));
    body("40000 braces", "application/json", good -> "{\"a\":".repeat(40_000));
    body("empty", "application/json", good -> "");
    body(
        "an unclosed string of 200 KB",
        "application/json",
        good -> "{\"a\":\"" + "a".repeat(200_000));
    body("200 KB of backslashes", "application/json", good -> "{\"a\":\"" + "\\\\".repeat(100_000));
  }

  private void chunks() {
    chunked("every byte in a chunk", good -> each(good.text()) + "0\r\n\r\n");
    chunked("no last chunk", good -> chunk(good.text()));
    chunked("a size that is not a number", good -> "xyz\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("a negative size", good -> "-1\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("a size of 16 digits", good -> "ffffffffffffffff\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("a size of 9 digits", good -> "1ffffffff\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("the body as the size", good -> good.text() + "\r\n0\r\n\r\n");
    chunked("a chunk too short", good -> "1\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("a chunk too long", good -> "fffff\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("nothing behind the chunk", good -> chunk(good.text()).strip() + "0\r\n\r\n");
    chunked("no size", good -> "\r\n" + good.text() + "\r\n0\r\n\r\n");
    chunked("the body as a trailer", good -> chunk(good.text()) + "0\r\n" + good.text() + "\r\n");
    chunked("trailers", good -> chunk(good.text()) + "0\r\nX: y\r\n\r\n");
    chunked(
        "an extension of 100 KB",
        good ->
            Integer.toHexString(good.body().length)
                + ";x="
                + "y".repeat(100_000)
                + "\r\n"
                + good.text()
                + "\r\n0\r\n\r\n");
  }

  private void large() {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    flood("100 MB, announced", head + "Content-Length: 104857600\r\n\r\n{\"a\":\"", "aaaaaaaa");
    flood("100 MB without a length", head + "\r\n{\"a\":\"", "aaaaaaaa");
    flood("100 MB of blanks", head + "\r\n", "        ");
    flood(
        "100 MB in chunks",
        head + "Transfer-Encoding: chunked\r\n\r\n",
        "10\r\naaaaaaaaaaaaaaaa\r\n");
    body(
        "the good body after 2 MB of blanks",
        "application/json",
        good -> " ".repeat(2_000_000) + good.text());
    body(
        "240 KB of empty objects",
        "application/json",
        good -> "{\"value\":[" + "{},".repeat(80_000) + "{}]}");
    body(
        "700 KB of empty objects",
        "application/json",
        good -> "{\"value\":[" + "{},".repeat(233_333) + "{}]}");
  }

  private void flood(String name, String head, String block) {
    all.add(
        WireFault.of(
            name,
            wire -> {
              wire.write(head);
              return wire.flood(block, 100L << 20);
            }));
  }

  private void json(String text) {
    all.add(
        WireFault.of(
            "the body " + text,
            wire -> {
              byte[] body = text.replace("%s", wire.secrets().strip()).getBytes(UTF_8);
              wire.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
              wire.write(body);
              return true;
            }));
  }

  private void body(String name, String type, Function<GoodAnswer, String> text) {
    all.add(typed(name, type, good -> text.apply(good).getBytes(UTF_8)));
  }

  private void bytes(String name, Function<GoodAnswer, byte[]> bytes) {
    all.add(typed(name, "application/json", bytes));
  }

  private static WireFault typed(String name, String type, Function<GoodAnswer, byte[]> bytes) {
    return WireFault.of(
        name,
        wire -> {
          GoodAnswer good = wire.act();
          byte[] body = bytes.apply(good);
          wire.write(
              good.head()
                  + "Content-Type: "
                  + type
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n");
          wire.write(body);
          return true;
        });
  }

  private void chunked(String name, Function<GoodAnswer, String> text) {
    all.add(
        WireFault.of(
            "chunks: " + name,
            wire -> {
              GoodAnswer good = wire.act();
              String head = good.head() + "Content-Type: " + good.type() + "\r\n";
              return wire.last(head + "Transfer-Encoding: chunked\r\n\r\n" + text.apply(good));
            }));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static String each(String text) {
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      chunks.append(chunk(text.substring(i, i + 1)));
    }
    return chunks.toString();
  }
}
