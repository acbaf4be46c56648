package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.function.Supplier;

/** The server's end of a connection, with one request to answer. */
public final class Wire {

  private static final int DRIP_MILLIS = 20;

  private final Socket socket;
  private final String request;
  private final Supplier<GoodAnswer> model;
  private final URI decoy;
  private final Marks marks;

  Wire(Socket socket, String request, Supplier<GoodAnswer> model, URI decoy, Marks marks) {
    this.socket = socket;
    this.request = request;
    this.model = model;
    this.decoy = decoy;
    this.marks = marks;
  }

  /** Acts on the request; to be called once. */
  public GoodAnswer act() {
    return model.get();
  }

  /** The secrets of the request, as far as it was read, and a new one. */
  String secrets() {
    return Marks.allIn(request) + marks.secret();
  }

  /** A URI that must not be asked with a token, on a host of another name. */
  URI decoy() {
    return decoy;
  }

  public void write(String text) throws IOException {
    write(text.getBytes(UTF_8));
  }

  public void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Writes, then closes the connection. */
  public boolean last(String text) throws IOException {
    write(text);
    return close();
  }

  public boolean close() throws IOException {
    socket.shutdownOutput();
    return hang();
  }

  public boolean reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
    return false;
  }

  /** Does nothing until the client hangs up. */
  public boolean hang() throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    return false;
  }

  /** Sends a byte now and then until the client hangs up. */
  public boolean drip(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    socket.setSoTimeout(DRIP_MILLIS);
    for (int i = 0; ; i++) {
      write(new byte[] {bytes[i % bytes.length]});
      try {
        if (socket.getInputStream().read() < 0) {
          return false;
        }
      } catch (SocketTimeoutException e) {
        // The client is still there.
      }
    }
  }

  /** Sends the text again and again until the client hangs up or has taken enough. */
  public boolean flood(String text, long bytes) throws IOException {
    byte[] block = text.repeat(Math.max(1, 65_536 / text.length())).getBytes(UTF_8);
    for (long sent = 0; sent < bytes; sent += block.length) {
      write(block);
    }
    return close();
  }
}
