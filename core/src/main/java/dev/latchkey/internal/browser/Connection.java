package dev.latchkey.internal.browser;

import dev.latchkey.internal.concurrent.Futures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection, for one request and its response. Only the thread of the server reads and writes;
 * any thread may close it.
 */
final class Connection {

  /** Servers put more than a code into the query; none is known to put as much. */
  static final int MAX_HEAD_LENGTH = 1 << 14;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final CompletableFuture<Void> limit;
  private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD_LENGTH);
  private int scanned;
  private @Nullable ByteBuffer response;

  /**
   * Takes a connection that was accepted.
   *
   * @param limit when it completes, the connection ends, whatever state it is in
   */
  Connection(SocketChannel channel, Selector selector, CompletableFuture<Void> limit)
      throws IOException {
    this.channel = channel;
    this.limit = limit;
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    Futures.then(
        limit,
        (over, cancelled) -> {
          closeChannel();
          selector.wakeup();
        });
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Whether the whole head has arrived, or as much as is accepted of one. */
  boolean read() throws IOException {
    if (channel.read(head) < 0) {
      close();
      return false;
    }
    return isComplete() || !head.hasRemaining();
  }

  /** Looks at each byte once, however few of them come at a time. */
  private boolean isComplete() {
    for (; scanned < head.position(); scanned++) {
      if (head.get(scanned) == '\n' && (newline(scanned - 1) || newline(scanned - 2))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the line before ended here, with a carriage return in between or without. */
  private boolean newline(int at) {
    return at >= 0 && head.get(at) == '\n' && (at == scanned - 1 || head.get(scanned - 1) == '\r');
  }

  /** The head; null if it is too long, or none. */
  @Nullable RequestHead head() {
    return scanned == MAX_HEAD_LENGTH ? null : RequestHead.parse(head.array(), scanned);
  }

  void answer(BrowserPage page) throws IOException {
    response = page.response();
    key.interestOps(SelectionKey.OP_WRITE);
    write();
  }

  /** Writes what the network takes, and ends the connection after the last byte. */
  void write() throws IOException {
    ByteBuffer left = response;
    if (left != null) {
      channel.write(left);
      if (!left.hasRemaining()) {
        channel.shutdownOutput();
        close();
      }
    }
  }

  /** Closes the connection, which ends its limit. */
  void close() {
    if (!limit.cancel(false)) {
      closeChannel();
    }
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
