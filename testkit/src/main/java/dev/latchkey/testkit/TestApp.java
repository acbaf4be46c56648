package dev.latchkey.testkit;

/**
 * An app registration. Immutable. A server with no app registered accepts every client id.
 *
 * <pre>{@code
 * TestApp.of("1950a258-227b-4e31-a9cf-717495945fc2").named("Folder Sync")
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
   * An app with this client id, and the id for a name.
   *
   * @param clientId the client id
   * @return the app
   */
  public static TestApp of(String clientId) {
    return new TestApp(clientId, clientId, true);
  }

  /**
   * The same app with this name; the web page shows it.
   *
   * @param displayName what people are shown
   * @return the new app
   */
  public TestApp named(String displayName) {
    return new TestApp(clientId, displayName, publicClientFlows);
  }

  /**
   * The same app with "Allow public client flows" off. As on Entra ID, the device authorization
   * endpoint still answers with a code, and the token endpoint then answers {@code invalid_client},
   * AADSTS7000218.
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

  /** {@return whether "Allow public client flows" is on} */
  public boolean publicClientFlows() {
    return publicClientFlows;
  }

  @Override
  public String toString() {
    return name.equals(clientId) ? clientId : name + " (" + clientId + ")";
  }
}
