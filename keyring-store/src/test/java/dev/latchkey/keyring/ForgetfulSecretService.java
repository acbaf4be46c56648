package dev.latchkey.keyring;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.AbstractConnection;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.errors.UnknownObject;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/**
 * A Secret Service that has an unlocked default collection, and treats each newcomer's first
 * question as gnome-keyring 42.1 now and then does: as if it had none.
 */
final class ForgetfulSecretService implements AutoCloseable {

  private static final String SERVICE = "/org/freedesktop/secrets";
  private static final String COLLECTION = SERVICE + "/collection/login";

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final DBusConnection connection;

  private ForgetfulSecretService(DBusConnection connection) {
    this.connection = connection;
  }

  /** Starts it on the session bus of this process. */
  static ForgetfulSecretService start() throws DBusException {
    ForgetfulSecretService service = new ForgetfulSecretService(Dialer.own());
    service.connection.exportObject(SERVICE, service.new Aliases());
    service.connection.exportObject(COLLECTION, service.new Unlocked());
    service.connection.requestBusName(BusHost.SECRETS);
    return service;
  }

  /** Who has asked, by connection. */
  Set<String> known() {
    return known;
  }

  @Override
  public void close() {
    Leftovers.end(connection);
  }

  /** What is asked of the service. D-Bus wants it public. */
  @DBusInterfaceName("org.freedesktop.Secret.Service")
  public interface AliasReader extends DBusInterface {
    /** The object that an alias stands for, or "/". */
    DBusPath ReadAlias(String alias);
  }

  private final class Aliases implements AliasReader {
    @Override
    public DBusPath ReadAlias(String alias) {
      boolean newcomer = known.add(AbstractConnection.getCallInfo().getSource());
      return new DBusPath(newcomer || !alias.equals("default") ? "/" : COLLECTION);
    }

    @Override
    public String getObjectPath() {
      return SERVICE;
    }
  }

  private final class Unlocked implements Properties {
    private static final Object LOCKED = false;

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as dbus-java declares it
    public <A> A Get(String type, String property) {
      if (!known.contains(AbstractConnection.getCallInfo().getSource())) {
        throw new UnknownObject("No such collection");
      }
      return (A) LOCKED;
    }

    @Override
    public <A> void Set(String type, String property, A value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Variant<?>> GetAll(String type) {
      return Map.of("Locked", new Variant<>(false));
    }

    @Override
    public String getObjectPath() {
      return COLLECTION;
    }
  }
}
