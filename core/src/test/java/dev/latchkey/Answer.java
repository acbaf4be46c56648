package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** What the scripted server does with one request: a reply, or a fault. */
interface Answer {

  /**
   * Answers.
   *
   * @return whether the connection may be used for another request
   */
  boolean send(Socket socket) throws IOException;

  static Answer json(int status, Object body) {
    return page(status, "application/json", body.toString());
  }

  /** RFC 6749 §5.2. */
  static Answer error(String error) {
    return json(400, new Body().with("error", error));
  }

  static Answer html(int status) {
    return page(status, "text/html", "<!DOCTYPE html><title>Welcome to the airport</title>");
  }

  /** A reply; the headers are whole lines. */
  static Answer page(int status, String type, String body, String... headers) {
    return socket -> {
      write(socket, head(status, type, body.getBytes(UTF_8).length, headers) + body);
      return true;
    };
  }

  /** Promises more than it sends, then closes the connection. */
  static Answer truncated(int status, Object body) {
    String text = body.toString();
    return socket -> {
      write(socket, head(status, "application/json", text.length() + 100) + text);
      socket.close();
      return false;
    };
  }

  /** Cuts the connection once the request has come, with a RST. */
  static Answer reset() {
    return socket -> {
      socket.setSoLinger(true, 0);
      socket.close();
      return false;
    };
  }

  /** Says nothing until the client hangs up. */
  static Answer hang() {
    return socket -> {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return false;
    };
  }

  /** A success whose body goes on and on, its length said before or not. */
  static Answer endless(long length, boolean said) {
    return socket -> {
      write(socket, said ? head(200, "application/json", length) : "HTTP/1.1 200 Scripted\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      byte[] some = "{\"a\":\"".concat("a".repeat(65_530)).getBytes(UTF_8);
      for (long sent = 0; sent < length; sent += some.length) {
        out.write(some);
      }
      socket.close();
      return false;
    };
  }

  /** Bytes as they stand, then the end of the connection. */
  static Answer raw(String bytes) {
    return socket -> {
      write(socket, bytes);
      socket.close();
      return false;
    };
  }

  /** The same, with something happening between the request and the reply. */
  default Answer after(Runnable happening) {
    return socket -> {
      happening.run();
      return send(socket);
    };
  }

  private static String head(int status, String type, long length, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    head.append("Content-Type: ").append(type).append("\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }
}
