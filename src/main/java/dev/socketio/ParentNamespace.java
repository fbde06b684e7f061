package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.protocol.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces that clients bring to life by joining them, its children: all whose names a pattern or a function allows.
 *
 * <pre>{@code
 * ParentNamespace rooms = io.of(Pattern.compile("^/room-\\d+$"));
 * rooms.onConnection(socket -> socket.namespace().emit("joined", socket.id()));
 * rooms.emit("maintenance", "in five minutes"); // to everybody in /room-1, /room-2, ...
 * }</pre>
 *
 * <p>Its middlewares and its listeners to connections and errors are those of every child too, whether they are added
 * before or after the child is created, and come before the child's own. Events that are sent through it reach the children
 * that this server has at that time; each child has rooms of its own, so {@code to("lobby")} selects the lobbies of all of
 * them.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once.
 */
public final class ParentNamespace implements Broadcaster {

    private final NamespaceMatcher.Async matcher;

    /** Null if a function decides. */
    private final @Nullable Pattern pattern;

    private final Middlewares middlewares = new Middlewares(/* inherited= */ null);
    private final ConnectionListeners connectionListeners = new ConnectionListeners(/* inherited= */ null);
    private final ErrorListeners errorListeners = new ErrorListeners(/* inherited= */ null);
    private final Set<Namespace> children = ConcurrentHashMap.newKeySet();
    private final BroadcastOperator all = new BroadcastOperator(children, BroadcastOptions.ALL);

    ParentNamespace(Pattern pattern) {
        this.pattern = requireNonNull(pattern, "pattern");
        this.matcher = (name, auth) -> CompletableFuture.completedStage(matches(name));
    }

    ParentNamespace(NamespaceMatcher.Async matcher) {
        this.pattern = null;
        this.matcher = requireNonNull(matcher, "matcher");
    }

    /** Adds a middleware to every child; see {@link Namespace#use}. */
    public void use(Middleware middleware) {
        middlewares.add(middleware);
    }

    /** Adds a middleware that decides later to every child. */
    public void useAsync(Middleware.Async middleware) {
        middlewares.addAsync(middleware);
    }

    /** Listens to connections to every child. Sockets that are connected already are not told. */
    public Registration onConnection(Namespace.ConnectionListener listener) {
        return connectionListeners.add(listener);
    }

    /** Listens to what goes wrong with events of the clients in every child; see {@link Namespace#onError}. */
    public Registration onError(ErrorListener.OfNamespace listener) {
        return errorListeners.add(listener);
    }

    /** Returns the children, a view that changes with them. */
    public Collection<Namespace> children() {
        return Collections.unmodifiableCollection(children);
    }

    /** Selects everybody in all children, to be narrowed down. */
    @Override
    public BroadcastOperator all() {
        return all;
    }

    /** Returns whether a function decides, which has to be asked about every client. */
    boolean decidesByFunction() {
        return pattern == null;
    }

    /** Returns whether there is a pattern that allows the name. */
    boolean matches(String name) {
        return pattern != null && pattern.matcher(name).find();
    }

    CompletionStage<Boolean> matches(String name, Value auth) throws Exception {
        return requireNonNull(matcher.matches(name, auth), "the function returned no stage");
    }

    Middlewares middlewares() {
        return middlewares;
    }

    ConnectionListeners connectionListeners() {
        return connectionListeners;
    }

    ErrorListeners errorListeners() {
        return errorListeners;
    }

    void add(Namespace child) {
        children.add(child);
    }

    void remove(Namespace child) {
        children.remove(child);
    }

    /** Returns the pattern, as log lines should show a parent. */
    @Override
    public String toString() {
        return pattern == null ? "a function" : pattern.pattern();
    }
}
