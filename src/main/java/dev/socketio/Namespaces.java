package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of a server: those of the application, and those that clients bring to life because a {@linkplain
 * ParentNamespace parent} allows them to.
 *
 * <p>A client {@linkplain #enter enters} a namespace before it has a socket there and {@linkplain #leave leaves} when
 * that is gone; a namespace is removed only while nobody is in it.
 */
final class Namespaces {

    private static final Logger log = LoggerFactory.getLogger(Namespaces.class);

    private final SocketIoServer server;
    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    private final ListenerList<Consumer<Namespace>> listeners = new ListenerList<>();

    /*
     * Concurrency. `lock` guards the collections below. Functions and listeners of the
     * application run, and adapters start and end, without it.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Entry> byName = new HashMap<>();

    /** How many clients are in each or about to join; only those in which somebody is. */
    @GuardedBy("lock")
    private final Map<Namespace, Integer> occupants = new HashMap<>();

    /** Those that clients have brought to life and that the application has not asked for by name since. */
    @GuardedBy("lock")
    private final Set<Namespace> dynamic = new HashSet<>();

    /** Those among them in which nobody is, the one that has been empty longest first. */
    @GuardedBy("lock")
    private final Set<Namespace> deserted = new LinkedHashSet<>();

    /** @param announced completes when the listeners know of it */
    private record Entry(Namespace namespace, CompletableFuture<Namespace> announced) {

        Entry(Namespace namespace) {
            this(namespace, new CompletableFuture<>());
        }

        /** Returns those who have to be asked about every client. A pattern has allowed the name once and for all. */
        List<ParentNamespace> gatekeepers() {
            ParentNamespace parent = namespace.parent();
            return parent != null && parent.decidesByFunction() ? List.of(parent) : List.of();
        }
    }

    Namespaces(SocketIoServer server) {
        this.server = server;
    }

    /** Returns the namespace of this name, which is created if there is none. */
    Namespace of(String name) {
        Entry entry = claim(name, null);
        if (entry == null) {
            Entry fresh = new Entry(new Namespace(server, name, parentByPattern(name)));
            entry = requireNonNull(claim(name, fresh));
            announceOrClose(fresh, entry);
        }
        return entry.namespace();
    }

    ParentNamespace add(ParentNamespace parent) {
        parents.add(parent);
        return parent;
    }

    Registration onNewNamespace(Consumer<Namespace> listener) {
        return listeners.add(listener);
    }

    /** Returns all namespaces, a copy. */
    Collection<Namespace> all() {
        synchronized (lock) {
            return byName.values().stream().map(Entry::namespace).toList();
        }
    }

    /** Returns a namespace for the application, which counts it as its own from now on; {@code fresh} if there is none. */
    private @Nullable Entry claim(String name, @Nullable Entry fresh) {
        synchronized (lock) {
            Entry entry = byName.get(name);
            if (entry == null && fresh != null) {
                put(fresh);
                return fresh;
            }
            if (entry != null) {
                dynamic.remove(entry.namespace());
                deserted.remove(entry.namespace());
            }
            return entry;
        }
    }

    private @Nullable ParentNamespace parentByPattern(String name) {
        for (ParentNamespace parent : parents) {
            if (parent.matches(name)) {
                return parent;
            }
        }
        return null;
    }

    /**
     * Finds the namespace that a client asks for, or brings it to life, and lets the client in.
     *
     * @param wanted whether the client still waits for the answer
     * @return fails with a {@link ConnectErrorException} if there is no such namespace for this client. Otherwise the
     *     client has to {@linkplain #leave leave} some time
     */
    CompletableFuture<Namespace> enter(String name, Value auth, BooleanSupplier wanted) {
        Entry entered = null;
        List<ParentNamespace> asked;
        synchronized (lock) {
            Entry entry = byName.get(name);
            asked = entry == null ? parents : entry.gatekeepers();
            if (entry != null && asked.isEmpty()) {
                entered = occupy(entry);
            }
        }
        if (entered != null) {
            return entered.announced();
        }
        if (asked.isEmpty() || !NamespaceSearch.isAcceptable(name)) {
            return NamespaceSearch.invalid();
        }
        Iterator<ParentNamespace> candidates = asked.iterator();
        CompletableFuture<ParentNamespace> found = new NamespaceSearch(name, auth, candidates, server::execute).start();
        return found.thenCompose(parent -> wanted.getAsBoolean() ? enter(name, parent) : NamespaceSearch.invalid());
    }

    private CompletableFuture<Namespace> enter(String name, ParentNamespace parent) {
        Entry entered;
        boolean full;
        synchronized (lock) {
            Entry entry = byName.get(name);
            entered = entry == null ? null : occupy(entry);
            full = isFull();
        }
        if (entered != null) {
            return entered.announced();
        }
        return full ? tooMany() : enter(new Entry(new Namespace(server, name, parent)));
    }

    /** Enters a namespace that has been prepared, unless another of its name, or too many others, have come first. */
    private CompletableFuture<Namespace> enter(Entry fresh) {
        String name = fresh.namespace().name();
        Entry entered;
        Namespace removed = null;
        synchronized (lock) {
            if (!byName.containsKey(name) && !isFull()) {
                removed = makeRoom();
                put(fresh);
                dynamic.add(fresh.namespace());
            }
            Entry entry = byName.get(name);
            entered = entry == null ? null : occupy(entry);
        }
        if (removed != null) {
            removed.close();
        }
        announceOrClose(fresh, entered);
        return entered == null ? tooMany() : entered.announced();
    }

    private static CompletableFuture<Namespace> tooMany() {
        return CompletableFuture.failedFuture(new ConnectErrorException("Too many namespaces"));
    }

    /** A client that has entered is gone. */
    void leave(Namespace namespace) {
        boolean removed = false;
        synchronized (lock) {
            Integer left = occupants.computeIfPresent(namespace, (key, count) -> count == 1 ? null : count - 1);
            boolean empty = left == null;
            if (empty && namespace.parent() != null && server.options().cleanupEmptyChildNamespaces()) {
                remove(namespace);
                removed = true;
            } else if (empty && dynamic.contains(namespace)) {
                deserted.add(namespace);
            }
        }
        if (removed) {
            namespace.close();
        }
    }

    @GuardedBy("lock")
    private Entry occupy(Entry entry) {
        occupants.merge(entry.namespace(), 1, Integer::sum);
        deserted.remove(entry.namespace());
        return entry;
    }

    @GuardedBy("lock")
    private void put(Entry entry) {
        Namespace namespace = entry.namespace();
        byName.put(namespace.name(), entry);
        if (namespace.parent() != null) {
            namespace.parent().add(namespace);
        }
    }

    @GuardedBy("lock")
    private void remove(Namespace namespace) {
        byName.remove(namespace.name());
        dynamic.remove(namespace);
        deserted.remove(namespace);
        if (namespace.parent() != null) {
            namespace.parent().remove(namespace);
        }
    }

    /** Returns whether there are as many as clients may bring to life, all of them in use. */
    @GuardedBy("lock")
    private boolean isFull() {
        return dynamic.size() >= server.options().maxDynamicNamespaces() && deserted.isEmpty();
    }

    /** Takes out the namespace that has been empty longest if there is no room for one more. */
    @GuardedBy("lock")
    private @Nullable Namespace makeRoom() {
        if (dynamic.size() < server.options().maxDynamicNamespaces()) {
            return null;
        }
        Namespace oldest = deserted.iterator().next();
        remove(oldest);
        return oldest;
    }

    private void announceOrClose(Entry fresh, @Nullable Entry entered) {
        if (fresh.equals(entered)) {
            announce(fresh);
        } else {
            fresh.namespace().close(); // its adapter was made for nothing
        }
    }

    /** Tells the listeners of a new namespace; clients that ask for it wait until they have returned. */
    private void announce(Entry entry) {
        Namespace namespace = entry.namespace();
        if (!namespace.name().equals("/")) {
            for (Consumer<Namespace> listener : listeners.all()) {
                try {
                    listener.accept(namespace);
                } catch (Throwable e) { // languages without checked exceptions throw those too
                    log.error("a listener to new namespaces failed ({})", namespace, e);
                }
            }
        }
        entry.announced().complete(namespace);
    }
}
