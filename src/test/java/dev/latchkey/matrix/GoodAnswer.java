package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What a server answers where nothing goes wrong.
 *
 * @param type the media type
 * @param headers more headers, whole lines
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record GoodAnswer(int status, String type, List<String> headers, byte[] body) {

  public static GoodAnswer json(int status, Object body) {
    return new GoodAnswer(status, "application/json", List.of(), body.toString().getBytes(UTF_8));
  }

  public static GoodAnswer empty(int status) {
    return new GoodAnswer(status, "text/plain", List.of(), new byte[0]);
  }

  public static GoodAnswer bytes(int status, byte[] body, String... headers) {
    return new GoodAnswer(status, "application/octet-stream", List.of(headers), body);
  }

  /** The status line and the headers but those of the body, without the empty line. */
  String head() {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Good\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    return head.toString();
  }

  /** The same, with type and length. */
  String wholeHead() {
    return head() + "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n";
  }

  String text() {
    return new String(body, UTF_8);
  }
}
