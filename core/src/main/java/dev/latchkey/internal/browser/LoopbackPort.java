package dev.latchkey.internal.browser;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds one port on every loopback address that a host may lead to. {@code localhost} may lead to
 * both: a listener on 127.0.0.1 alone would wait for ever while another process had the same port
 * on ::1. Nothing is bound but loopback, which no other machine reaches and no firewall asks about.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252 §7.3</a>
 */
final class LoopbackPort {

  /** A port that is free on one family may be taken on the other: rare, and then try another. */
  private static final int MAX_ATTEMPTS = 20;

  private static final int BACKLOG = 64;

  /** An address, and the family whose sockets take no connection of the other one. */
  private record Address(ProtocolFamily family, InetAddress ip) {

    static Address of(int... bytes) {
      byte[] ip = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        ip[i] = (byte) bytes[i];
      }
      try {
        return new Address(
            bytes.length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6,
            InetAddress.getByAddress(ip));
      } catch (UnknownHostException e) { // it has 4 or 16 bytes, and is not looked up
        throw new AssertionError("not an address");
      }
    }
  }

  private static final Address IPV4 = Address.of(127, 0, 0, 1);
  private static final Address IPV6 = Address.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private LoopbackPort() {}

  /**
   * Binds the first port that is free on all addresses.
   *
   * @param host {@code 127.0.0.1}, {@code [::1]} or {@code localhost}
   * @param ports the ports to try, in this order; empty for any
   * @return the sockets, all of one port
   * @throws BindException if every port is taken
   */
  static List<ServerSocketChannel> bind(String host, List<Integer> ports) throws BindException {
    List<Address> addresses = addresses(host);
    int attempts = addresses.isEmpty() ? 0 : ports.isEmpty() ? MAX_ATTEMPTS : ports.size();
    for (int i = 0; i < attempts; i++) {
      List<ServerSocketChannel> bound = bind(addresses, ports.isEmpty() ? 0 : ports.get(i));
      if (bound != null) {
        return bound;
      }
    }
    throw new BindException("no free port");
  }

  /** Those of a host that this machine has: one family may be switched off. */
  private static List<Address> addresses(String host) {
    List<Address> all =
        switch (host) {
          case "127.0.0.1" -> List.of(IPV4);
          case "[::1]" -> List.of(IPV6);
          default -> List.of(IPV4, IPV6);
        };
    return all.stream().filter(LoopbackPort::isThere).toList();
  }

  private static boolean isThere(Address address) {
    List<ServerSocketChannel> bound = bind(List.of(address), 0);
    if (bound != null) {
      close(bound);
    }
    return bound != null;
  }

  private static @Nullable List<ServerSocketChannel> bind(List<Address> addresses, int port) {
    List<ServerSocketChannel> bound = new ArrayList<>();
    int number = port;
    try {
      for (Address address : addresses) {
        ServerSocketChannel channel = ServerSocketChannel.open(address.family());
        bound.add(channel);
        channel.bind(new InetSocketAddress(address.ip(), number), BACKLOG);
        number = channel.socket().getLocalPort();
      }
      return bound;
    } catch (IOException | UnsupportedOperationException e) { // taken, reserved, or no such family
      close(bound);
      return null;
    }
  }

  private static void close(List<ServerSocketChannel> channels) {
    for (ServerSocketChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // It was never used.
      }
    }
  }
}
