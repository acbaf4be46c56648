package dev.latchkey.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Sets up one {@link FakeAuthorizationServer}. Not thread-safe. */
public final class FakeAuthorizationServerBuilder
    extends FakeServerSettings<FakeAuthorizationServerBuilder> {

  private final List<TestUser> users = new ArrayList<>();
  private final List<TestApp> apps = new ArrayList<>();
  private int port;
  private boolean used;

  FakeAuthorizationServerBuilder() {
    super(new Settings());
  }

  @Override
  FakeAuthorizationServerBuilder self() {
    return this;
  }

  /**
   * Adds a user. Without any, there are {@code adele@contoso.example}, {@code
   * bruno@contoso.example}, {@code chandra@fabrikam.example} and the personal account {@code
   * dana@outlook.example}.
   *
   * @param user who
   * @return this
   */
  public FakeAuthorizationServerBuilder user(TestUser user) {
    users.add(user);
    return this;
  }

  /**
   * Registers an app. Without any, every client id is known.
   *
   * @param app which
   * @return this
   */
  public FakeAuthorizationServerBuilder app(TestApp app) {
    apps.add(app);
    return this;
  }

  /**
   * Listens on this port of loopback.
   *
   * @param number the port; 0, the default, takes a free one
   * @return this
   */
  public FakeAuthorizationServerBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Starts the server.
   *
   * @return the server, which answers already
   * @throws UncheckedIOException if the port is taken
   * @throws IllegalStateException if this builder has started a server before
   */
  public FakeAuthorizationServer start() {
    if (used) {
      throw new IllegalStateException(
          "A builder starts one server; take a new builder for another");
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
