package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.internal.backend.KWalletHost;
import dev.latchkey.keyring.internal.record.ContentCodec;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a logger at its lowest level records of a secret. */
@Tag("daemons")
@Timeout(120)
class LogTest {

  private static final String SECRET = "refresh-token-of-adele-0123456789abcdef";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final Ear ear = new Ear();
  private @Nullable DesktopSession session;

  @BeforeEach
  void listen() {
    ear.setContext(root.getLoggerContext());
    ear.start();
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    root.addAppender(ear);
  }

  @AfterEach
  void logOut() throws Exception {
    root.setLevel(before);
    root.detachAppender(ear);
    others.forEach(root::addAppender);
    if (session != null) {
      session.close();
    }
  }

  @Test
  void nothingOfASecretIsLoggedAtTrace() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    try (TokenStore store = new KeyringOpener().open(location())) {
      root.setLevel(Level.TRACE);

      String version = Objects.requireNonNull(store.write("account", SECRET, null));
      store.read("account");
      store.delete("account", version);
    } finally {
      root.setLevel(before);
    }

    String packed = packed();
    assertThat(heard).hasSizeGreaterThan(100); // the appender works
    assertThat(heard).noneMatch(line -> line.contains(SECRET) || line.contains(packed));
    assertThat(heard).noneMatch(line -> line.contains(hex(packed.substring(0, 8))));
  }

  /** Messages to KWallet are not encrypted, and dbus-java would log them. */
  @Test
  void kwalletIsNotUsedWhileItsMessagesWouldBeLogged() throws Exception {
    session = DesktopSession.withKWallet();
    try (TokenStore store = new KeyringOpener().open(location())) {
      for (org.slf4j.Logger talkative : KWalletHost.TALKATIVE) {
        Logger logger = (Logger) talkative;
        logger.setLevel(Level.DEBUG);

        KeyringUnavailable failure =
            catchThrowableOfType(
                KeyringUnavailable.class, () -> store.write("account", SECRET, null));

        logger.setLevel(null);
        assertThat(failure).as(logger.getName()).hasMessageContaining(logger.getName());
        assertThat(failure.remedy()).contains("org.freedesktop.dbus");
      }
      assertThat(store.read("account")).isNull();
      assertThat(heard).noneMatch(line -> line.contains(packed()));
    }
  }

  /** So it is enough to refuse KWallet while those are at DEBUG. */
  @Test
  void onlyThoseLoggersWouldRecordASecretForKWallet() throws Exception {
    session = DesktopSession.withKWallet();
    try (TokenStore store = new KeyringOpener().open(location())) {
      root.setLevel(Level.TRACE);
      KWalletHost.TALKATIVE.forEach(logger -> ((Logger) logger).setLevel(Level.INFO));

      String version = Objects.requireNonNull(store.write("account", SECRET, null));
      store.read("account");
      store.delete("account", version);
    } finally {
      root.setLevel(before);
      KWalletHost.TALKATIVE.forEach(logger -> ((Logger) logger).setLevel(null));
    }

    String packed = packed();
    assertThat(heard).anyMatch(line -> line.contains("Transport")); // the appender works
    assertThat(heard).noneMatch(line -> line.contains(SECRET) || line.contains(packed));
    assertThat(heard).noneMatch(line -> line.contains(hex(packed.substring(0, 8))));
  }

  /** The record's key follows, in characters that it may share with the text. */
  private static String packed() {
    String packed = ContentCodec.encode(SECRET);
    return packed.substring(0, packed.length() - 4);
  }

  private String location() {
    return KeyringOpener.location(Objects.requireNonNull(session), "test-" + UUID.randomUUID());
  }

  /** The text as a dump of its bytes shows it. */
  private static String hex(String ascii) {
    StringBuilder hex = new StringBuilder();
    ascii.chars().forEach(c -> hex.append(String.format(" %02x", c)));
    return hex.substring(1);
  }

  private final class Ear extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      heard.add(event.getFormattedMessage());
    }
  }
}
