package dev.latchkey.keyring;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.AbstractConnection;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.errors.UnknownObject;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/**
 * A session of its own with a Secret Service that has an unlocked default collection, and treats
 * each newcomer's first question as gnome-keyring 42.1 now and then does: as if it had none.
 */
final class ForgetfulSecretService implements AutoCloseable {

  private static final String SERVICE = "/org/freedesktop/secrets";
  private static final String COLLECTION = SERVICE + "/collection/login";

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Session session;
  private final DBusConnection connection;

  private ForgetfulSecretService(Session session, DBusConnection connection) {
    this.session = session;
    this.connection = connection;
  }

  static ForgetfulSecretService start() throws Exception {
    Session session = Session.withBusOnly();
    ForgetfulSecretService service = new ForgetfulSecretService(session, Dialer.own());
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
  public void close() throws Exception {
    Leftovers.end(connection);
    session.close();
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
      throw new UnsupportedOperationException();
    }

    @Override
    public String getObjectPath() {
      return COLLECTION;
    }
  }
}
