package dev.latchkey.testkit;

/**
 * An app registration. A server without registered apps accepts every client id. Immutable.
 *
 * <pre>{@code
 * TestApp app = TestApp.of("1950a258-227b-4e31-a9cf-717495945fc2").named("Folder Sync");
 * }</pre>
 */
public final class TestApp {

  private final String clientId;
  private final String name;
  private final boolean publicClientFlows;

  private TestApp(String clientId, String name, boolean publicClientFlows) {
    this.clientId = clientId;
    this.name = name;
    this.publicClientFlows = publicClientFlows;
  }

  /**
   * An app with this client id, which is also its name.
   *
   * @param clientId the client id
   * @return the app
   */
  public static TestApp of(String clientId) {
    return new TestApp(clientId, clientId, true);
  }

  /**
   * The same app with this name, which the web page shows.
   *
   * @param displayName the name
   * @return the new app
   */
  public TestApp named(String displayName) {
    return new TestApp(clientId, displayName, publicClientFlows);
  }

  /**
   * The same app with "Allow public client flows" disabled. As at Entra ID, the device
   * authorization endpoint still answers a code, and the token endpoint then answers {@code
   * invalid_client}, AADSTS7000218.
   *
   * @return the new app
   */
  public TestApp withoutPublicClientFlows() {
    return new TestApp(clientId, name, false);
  }

  /** {@return the client id} */
  public String clientId() {
    return clientId;
  }

  /** {@return the name that the web page shows} */
  public String name() {
    return name;
  }

  /** {@return whether "Allow public client flows" is enabled} */
  public boolean publicClientFlows() {
    return publicClientFlows;
  }

  @Override
  public String toString() {
    return name.equals(clientId) ? clientId : name + " (" + clientId + ")";
  }
}
