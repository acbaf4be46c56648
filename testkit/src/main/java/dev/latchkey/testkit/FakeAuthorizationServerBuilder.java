package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Configures and starts one {@link FakeAuthorizationServer}. Not thread-safe. */
public final class FakeAuthorizationServerBuilder {

  private final ServerSettings settings = new ServerSettings();
  private final List<TestUser> users = new ArrayList<>();
  private final List<TestApp> apps = new ArrayList<>();
  private int port;
  private boolean used;

  FakeAuthorizationServerBuilder() {}

  /**
   * Adds a user. A server to which none is added has {@code adele@contoso.example}, {@code
   * bruno@contoso.example}, {@code chandra@fabrikam.example} and the personal account {@code
   * dana@outlook.example}.
   *
   * @param user the user
   * @return this
   */
  public FakeAuthorizationServerBuilder user(TestUser user) {
    users.add(user);
    return this;
  }

  /**
   * Registers an app. A server without registered apps accepts every client id.
   *
   * @param app the app
   * @return this
   */
  public FakeAuthorizationServerBuilder app(TestApp app) {
    apps.add(app);
    return this;
  }

  /**
   * Sets the port on loopback.
   *
   * @param number the port; 0, the default, takes a free one
   * @return this
   */
  public FakeAuthorizationServerBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Sets how long clients must pause between two polls, which is what most tests shorten. Default 5
   * s. The same as {@link FakeServerSettings#interval}.
   *
   * @param interval the pause, sent in whole seconds
   * @return this
   */
  public FakeAuthorizationServerBuilder interval(Duration interval) {
    settings.interval = interval;
    return this;
  }

  /**
   * Changes how the server answers.
   *
   * <pre>{@code
   * builder.settings(s -> s.rotation(Rotation.STRICT).tokenLifetime(Duration.ofSeconds(4)));
   * }</pre>
   *
   * @param change called at once, with the settings of the server to be
   * @return this
   */
  public FakeAuthorizationServerBuilder settings(Consumer<FakeServerSettings> change) {
    change.accept(new FakeServerSettings(settings));
    return this;
  }

  /**
   * Starts the server.
   *
   * @return the server, ready for requests
   * @throws UncheckedIOException if the port is taken
   * @throws IllegalStateException if this builder has already started a server
   */
  public FakeAuthorizationServer start() {
    if (used) {
      throw new IllegalStateException("A builder starts one server; use another builder");
    }
    used = true;
    var directory = new Directory();
    (users.isEmpty() ? defaultUsers() : users).forEach(directory::add);
    apps.forEach(directory::add);
    try {
      return new FakeAuthorizationServer(settings, directory, port);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The fake authorization server cannot listen on port " + port, e);
    }
  }

  private static List<TestUser> defaultUsers() {
    return List.of(
        TestUser.of("adele@contoso.example").named("Adele Vance"),
        TestUser.of("bruno@contoso.example").named("Bruno Zhao"),
        TestUser.of("chandra@fabrikam.example").named("Chandra Rao"),
        TestUser.personal("dana@outlook.example").named("Dana Birkby"));
  }
}
