package dev.latchkey;

import dev.latchkey.internal.metadata.EntraEndpoints;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Microsoft Entra ID, which needs no discovery. Immutable: {@link #cloud} and {@link
 * #authorityHost} return copies.
 *
 * <p>Entra has no revocation endpoint. A sign-out forgets the session on this machine; only an
 * administrator or the person can end it at the server.
 *
 * <pre>{@code
 * AuthorizationServer server = Entra.tenant("contoso.onmicrosoft.com").cloud(Entra.Cloud.US_GOV);
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code">Microsoft's
 *     description of the device authorization grant</a>
 */
public final class Entra extends AuthorizationServer {

  /** Microsoft's national clouds: separate sign-in hosts, separate app registrations. */
  public enum Cloud {
    /** The public cloud, {@code login.microsoftonline.com}. */
    GLOBAL("https://login.microsoftonline.com"),
    /** Azure US Government, {@code login.microsoftonline.us}. */
    US_GOV("https://login.microsoftonline.us"),
    /** Azure China, operated by 21Vianet, {@code login.partner.microsoftonline.cn}. */
    CHINA("https://login.partner.microsoftonline.cn");

    private final URI host;

    Cloud(String host) {
      this.host = URI.create(host);
    }
  }

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

  private final URI host;
  private final String tenant;

  private Entra(URI host, String tenant) {
    super(new EntraEndpoints(host, tenant));
    this.host = host;
    this.tenant = tenant;
  }

  /**
   * Work, school and personal accounts of any tenant.
   *
   * @return Entra in the global cloud
   */
  public static Entra common() {
    return new Entra(Cloud.GLOBAL.host, "common");
  }

  /**
   * Work and school accounts of any tenant.
   *
   * @return Entra in the global cloud
   */
  public static Entra organizations() {
    return new Entra(Cloud.GLOBAL.host, "organizations");
  }

  /**
   * Personal Microsoft accounts only.
   *
   * @return Entra in the global cloud
   */
  public static Entra consumers() {
    return new Entra(Cloud.GLOBAL.host, "consumers");
  }

  /**
   * Accounts of one tenant, guests included.
   *
   * @param tenant the tenant's id (a GUID) or one of its domains; also {@code common}, {@code
   *     organizations} and {@code consumers}
   * @return Entra in the global cloud
   * @throws IllegalArgumentException if it has the form of neither
   */
  public static Entra tenant(String tenant) {
    if (!TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException("tenant must be an id or a domain: " + tenant);
    }
    // Entra's own spelling, because the issuer of its ID tokens is compared with it.
    return new Entra(Cloud.GLOBAL.host, tenant.toLowerCase(Locale.ROOT));
  }

  /**
   * The same tenant in another cloud.
   *
   * @param cloud the cloud
   * @return a copy
   */
  public Entra cloud(Cloud cloud) {
    return new Entra(cloud.host, tenant);
  }

  /**
   * The same paths on another host, for tests and for other clouds.
   *
   * @param baseUrl such as {@code http://127.0.0.1:8080}; may have a path
   * @return a copy
   * @throws IllegalArgumentException if it is not https (http on loopback), or has a query or
   *     fragment
   */
  public Entra authorityHost(URI baseUrl) {
    requireSecure(baseUrl, "authority host");
    requirePlain(baseUrl, "authority host");
    return new Entra(URI.create(baseUrl.toString().replaceFirst("/+$", "")), tenant);
  }

  @Override
  public String toString() {
    return "Entra[" + host + "/" + tenant + "]";
  }
}
