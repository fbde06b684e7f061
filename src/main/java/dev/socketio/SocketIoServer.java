package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.Adapters;
import dev.socketio.adapter.ClusterHealth;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.RecoveryStore;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.IdGenerator;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler;
import dev.socketio.time.SystemScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server: namespaces, and the connections that join them. It needs something that carries its connections,
 * such as the servlet of this library.
 *
 * <pre>{@code
 * io.onConnection(socket -> {
 *     socket.join("news");
 *     socket.on("chat message", String.class, message -> io.emit("chat message", message));
 * });
 * }</pre>
 *
 * <p>Thread rules: every method may be called from any thread and returns at once, {@link #close} excepted.
 */
public final class SocketIoServer extends EventEmitter implements Broadcaster, AutoCloseable {

    private final ServerOptions options;

    private final ObjectMapper json;
    private final Parser.Encoder encoder;
    private final IdGenerator ids = new IdGenerator();
    private final Scheduler scheduler;
    private final ListenerThreads threads;
    private final EngineServer engine;
    private final Namespaces namespaces = new Namespaces(this);
    private final SessionRecovery recovery;
    private final @Nullable RecoveryStore recoveryStore;
    private final Adapters adapters;
    private final Namespace main;

    /** What this server started and has to stop: null where tests have given their own. */
    private final @Nullable SystemScheduler ownScheduler;

    private SocketIoServer(Builder builder) {
        super(new Listeners(ServerSideEvents::checkName));
        options = builder.options();
        int maxPayload = options.engine().maxHttpBufferSize();
        json = builder.objectMapper == null ? Json.mapper(maxPayload) : Json.limited(builder.objectMapper, maxPayload);
        encoder = options.parser().encoder(json);
        ownScheduler = builder.scheduler == null ? new SystemScheduler("socketio-timer") : null;
        scheduler = builder.scheduler == null ? requireNonNull(ownScheduler) : builder.scheduler;
        threads = builder.threads(scheduler);
        engine = new EngineServer(options.engine(), conn -> new Client(this, conn), scheduler);
        recovery = new SessionRecovery(this);
        recoveryStore = options.connectionStateRecovery()
                .map(option -> option.store(scheduler, options.engine()))
                .orElse(null);
        adapters = openAdapters();
        main = namespaces.of("/");
    }

    /** Leaves no threads behind if it fails, such as for a cluster that cannot be reached. */
    private Adapters openAdapters() {
        try {
            return options.adapter().open(new AdapterContext(scheduler, threads::executeBlocking, json));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a namespace, which is created if there is none of this name: as a child of the first {@linkplain
     * #of(Pattern) pattern} that allows the name, if one does. Clients can join it from then on.
     *
     * @param name with or without the slash at its start
     */
    public Namespace of(String name) {
        String full = name.startsWith("/") ? name : "/" + name;
        if (full.indexOf(',') >= 0) {
            throw new IllegalArgumentException("name is \"" + name + "\": a namespace cannot have a comma in its name");
        }
        return namespaces.of(full);
    }

    /**
     * Lets clients bring namespaces to life by joining them: all in whose names the pattern is found. Begin it with
     * {@code ^} and end it with {@code $} for the whole name.
     *
     * <p>For a client, a namespace that exists goes first, then patterns and functions in the order in which they were
     * given; the first that allows the name gets the namespace as its child. Names that clients choose have 256 characters
     * at most and no control characters. {@link Builder#maxDynamicNamespaces} limits their number.
     */
    public ParentNamespace of(Pattern names) {
        return namespaces.add(new ParentNamespace(names));
    }

    /** Lets clients bring namespaces to life that a function allows; see {@link #of(Pattern)}. It may block. */
    public ParentNamespace of(NamespaceMatcher matcher) {
        requireNonNull(matcher, "matcher");
        return ofAsync((name, auth) -> CompletableFuture.completedStage(matcher.matches(name, auth)));
    }

    /** Does the same as {@link #of(NamespaceMatcher)} with a function that decides later, without keeping a thread. */
    public ParentNamespace ofAsync(NamespaceMatcher.Async matcher) {
        return namespaces.add(new ParentNamespace(matcher));
    }

    /**
     * Learns of every namespace that is created from now on, by the application or for a client. The listener runs on the
     * thread that creates it, before the first client joins.
     */
    public Registration onNewNamespace(Consumer<Namespace> listener) {
        return namespaces.onNewNamespace(listener);
    }

    /** Returns the main namespace, {@code /}, to which the methods of this class refer. */
    public Namespace sockets() {
        return main;
    }

    /** Listens to connections to the main namespace. */
    public Registration onConnection(Namespace.ConnectionListener listener) {
        return main.onConnection(listener);
    }

    /** Listens to what goes wrong with events of the clients in the main namespace; see {@link Namespace#onError}. */
    public Registration onError(ErrorListener.OfNamespace listener) {
        return main.onError(listener);
    }

    /** Adds a middleware to the main namespace. */
    public void use(Middleware middleware) {
        main.use(middleware);
    }

    /** Adds a middleware that decides later to the main namespace. */
    public void useAsync(Middleware.Async middleware) {
        main.useAsync(middleware);
    }

    /** Selects everybody in the main namespace. */
    @Override
    public BroadcastOperator all() {
        return main.all();
    }

    /** Sends an event to the other servers of the cluster; see {@link Namespace#serverSideEmit}. */
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        main.serverSideEmit(event, arguments);
    }

    /** Sends an event to the other servers and waits for answers; see {@link Namespace#serverSideEmitWithAck}. */
    public CompletableFuture<List<Value>> serverSideEmitWithAck(String event, @Nullable Object... arguments) {
        return main.serverSideEmitWithAck(event, arguments);
    }

    /** Returns the connections below. */
    public EngineServer engine() {
        return engine;
    }

    /** Tells how well this server is connected to the others of its cluster; for checks of its health. */
    public ClusterHealth clusterHealth() {
        return adapters.health();
    }

    /** Returns the options. */
    public ServerOptions options() {
        return options;
    }

    /** Returns what tells the time and runs timers, which an application may use for its own; it ends with the server. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Returns where an application's tasks can run, and where listeners do unless they are {@linkplain
     * Builder#nonBlockingListeners said not to block}; it is shut down with the server unless it was given.
     */
    public Executor executor() {
        return threads.executor();
    }

    /**
     * Returns whether nothing that listeners do keeps the thread waiting that brings a packet: they run on threads of this
     * server's own, or do not block. An executor that was {@linkplain Builder#executor given} may run them on that thread.
     */
    public boolean hasOwnExecutor() {
        return threads.areApart();
    }

    /**
     * Disconnects every client, runs the disconnect listeners and stops. Waits for the listeners, 5 s at most; does
     * nothing the second time.
     */
    @Override
    public void close() {
        engine.close();
        threads.stop();
        namespaces.all().forEach(Namespace::close);
        if (adapters != null) { // it is while they cannot be opened
            adapters.close();
        }
        if (recoveryStore != null) {
            recoveryStore.close();
        }
        if (ownScheduler != null) {
            ownScheduler.close();
        }
    }

    Namespaces namespaces() {
        return namespaces;
    }

    Adapters adapters() {
        return adapters;
    }

    SessionRecovery recovery() {
        return recovery;
    }

    @Nullable
    RecoveryStore recoveryStore() {
        return recoveryStore;
    }

    ObjectMapper json() {
        return json;
    }

    Parser.Encoder encoder() {
        return encoder;
    }

    /** Runs code of the application, as its listeners run. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    ListenerThreads threads() {
        return threads;
    }

    String newId() {
        return ids.next();
    }

    /** Collects options, with Socket.IO's names and defaults; every method checks its argument and returns this builder. */
    public static final class Builder extends EngineOptionsBuilder<Builder> {

        private String path = "/socket.io";
        private boolean serveClient = true;
        private Cors cors = Cors.none();
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Optional<ConnectionStateRecovery> connectionStateRecovery = Optional.empty();
        private Parser parser = Parser.standard();
        private @Nullable ObjectMapper objectMapper;
        private Adapter.Factory adapter = context -> InMemoryAdapter::new;
        private int maxAttachments = 10;
        private int maxNamespacesPerConnection = 100;
        private int maxDynamicNamespaces = 10_000;
        private boolean cleanupEmptyChildNamespaces;
        private int maxRoomsPerSocket = 10_000;
        private int maxPendingAcks = 10_000;
        private int maxQueuedEvents = 1_000;
        private int listenerThreads = 256;
        private @Nullable Scheduler scheduler;
        private @Nullable Executor executor;
        private boolean nonBlockingListeners;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets the path that clients connect to, below the web application's own; {@code /socket.io} unless set. */
        public Builder path(String path) {
            String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            if (!trimmed.startsWith("/") || trimmed.length() < 2 || trimmed.contains("*")) {
                throw new IllegalArgumentException("path is \"" + path + "\": give one such as /socket.io");
            }
            this.path = trimmed;
            return this;
        }

        /** Sets whether the client's JavaScript files are served below the path; true unless set. */
        public Builder serveClient(boolean serveClient) {
            this.serveClient = serveClient;
            return this;
        }

        /** Sets which other origins may connect; none unless set. */
        public Builder cors(Cors cors) {
            this.cors = requireNonNull(cors, "cors");
            return this;
        }

        /** Sets how long a connection may go without joining a namespace; 45 s unless set. */
        public Builder connectTimeout(Duration connectTimeout) {
            if (connectTimeout.isNegative() || connectTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "connectTimeout is " + connectTimeout + ": give a time of more than zero");
            }
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** Lets clients go on after a short loss of their connection; they cannot unless set. */
        public Builder connectionStateRecovery(ConnectionStateRecovery recovery) {
            return connectionStateRecovery(Optional.of(recovery));
        }

        Builder connectionStateRecovery(Optional<ConnectionStateRecovery> recovery) {
            this.connectionStateRecovery = recovery;
            return this;
        }

        /**
         * Sets what reads and writes arguments. Unless set, it is a mapper that passes over properties it does not know,
         * knows {@code Optional} and {@code java.time}, and writes times in ISO 8601.
         *
         * <p>This takes a copy. Its modules, serializers, naming and features count. What it reads is limited to a depth
         * of 500 and to numbers of 1,000 digits, or by its own constraints where they are stricter; strings may be as long
         * as {@link #maxHttpBufferSize} lets them.
         *
         * @throws IllegalArgumentException if it writes something else than JSON, or is of a class that cannot be copied
         */
        public Builder objectMapper(ObjectMapper objectMapper) {
            this.objectMapper = Json.copy(objectMapper);
            return this;
        }

        /** Sets how packets are encoded; {@link Parser#standard()} unless set. Clients have to use the same parser. */
        public Builder parser(Parser parser) {
            this.parser = requireNonNull(parser, "parser");
            return this;
        }

        /** Sets what makes the adapters of the namespaces; those of a server that stands alone unless set. */
        public Builder adapter(Adapter.Factory adapter) {
            this.adapter = requireNonNull(adapter, "adapter");
            return this;
        }

        /** Sets how many binary attachments one packet may have; 10 unless set. */
        public Builder maxAttachments(int maxAttachments) {
            this.maxAttachments = positive("maxAttachments", maxAttachments);
            return this;
        }

        /** Sets how many namespaces one connection may join; 100 unless set. Further ones are refused. */
        public Builder maxNamespacesPerConnection(int namespaces) {
            this.maxNamespacesPerConnection = positive("maxNamespacesPerConnection", namespaces);
            return this;
        }

        /**
         * Sets how many namespaces there may be that clients have brought to life; 10,000 unless set. Those that the
         * application asks for by name do not count. At the limit, a new one takes the place of the one that has been empty
         * longest; if all are in use, it is refused.
         */
        public Builder maxDynamicNamespaces(int namespaces) {
            this.maxDynamicNamespaces = positive("maxDynamicNamespaces", namespaces);
            return this;
        }

        /**
         * Sets whether a child of a {@link ParentNamespace} is removed when its last socket has gone; false unless set. The
         * application should ask for such a namespace anew whenever it needs it, rather than keep it.
         */
        public Builder cleanupEmptyChildNamespaces(boolean cleanup) {
            this.cleanupEmptyChildNamespaces = cleanup;
            return this;
        }

        /** Sets how many rooms one socket may be in; 10,000 unless set. */
        public Builder maxRoomsPerSocket(int rooms) {
            this.maxRoomsPerSocket = positive("maxRoomsPerSocket", rooms);
            return this;
        }

        /** Sets how many acknowledgements one socket may owe; 10,000 unless set. Further ones fail at once. */
        public Builder maxPendingAcks(int acks) {
            this.maxPendingAcks = positive("maxPendingAcks", acks);
            return this;
        }

        /** Sets how many events of one socket may wait for its listeners before reading from it stops; 1,000 unless set. */
        public Builder maxQueuedEvents(int events) {
            this.maxQueuedEvents = positive("maxQueuedEvents", events);
            return this;
        }

        /**
         * Sets how many listeners run at once on Java versions without virtual threads, before 21; 256 unless set. Later
         * versions have no such limit.
         */
        public Builder listenerThreads(int threads) {
            this.listenerThreads = positive("listenerThreads", threads);
            return this;
        }

        /**
         * Sets options by their names, as an operator gives them: times in milliseconds or as {@code 25s}, lists with
         * commas. {@code cors} takes a list of origins, {@code cookie} a name, {@code true} or {@code false}.
         *
         * @param values by name
         * @throws IllegalArgumentException if a name is unknown or a value malformed; the message says which
         */
        public Builder override(Map<String, String> values) {
            NamedOptions.apply(this, values);
            return this;
        }

        /** Returns the names that {@link #override} takes. */
        public static Set<String> optionNames() {
            return NamedOptions.names();
        }

        /** Sets the time, for tests that own it; the server does not end it. The system's time unless set. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = requireNonNull(scheduler, "scheduler");
            return this;
        }

        /** Sets where listeners run; the server does not shut it down. Virtual threads or a pool of its own unless set. */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Says that no listener ever waits, for a database or another server, for a lock that is kept for long, for an
         * answer; nor does a middleware, what listens to rooms, or an adapter of the application's own. They then run on
         * the thread that brings what they listen to, one after the other for each socket as always, which saves the
         * change to another thread: a sixth to a quarter of what a message costs. That thread is one of the
         * executor's, of the container's, which may read for many connections in turn, or the one for timers: a listener
         * that waits all the same holds up other clients. It is logged when the listeners of a socket took more than 100
         * ms in one go. {@link SocketIoServer#close()} does not wait for listeners on threads of the container.
         *
         * <p>What has to wait belongs on {@link SocketIoServer#executor()}, where futures of this library complete in any
         * case. False unless set. Not together with {@link #executor}.
         */
        public Builder nonBlockingListeners(boolean nonBlocking) {
            this.nonBlockingListeners = nonBlocking;
            return this;
        }

        private ListenerThreads threads(Scheduler scheduler) {
            if (executor != null) {
                return ListenerThreads.given(executor);
            }
            return nonBlockingListeners
                    ? ListenerThreads.none(listenerThreads, scheduler)
                    : ListenerThreads.own(listenerThreads);
        }

        /**
         * Returns the server, with its timer started.
         *
         * @throws IllegalArgumentException if options contradict each other
         */
        public SocketIoServer build() {
            if (nonBlockingListeners && executor != null) {
                throw new IllegalArgumentException("nonBlockingListeners and executor are both set:"
                        + " listeners that do not block run on no executor, leave one of the two out");
            }
            return new SocketIoServer(this);
        }

        ServerOptions options() {
            return new ServerOptions(
                    engineOptions(),
                    path,
                    serveClient,
                    cors,
                    connectTimeout,
                    connectionStateRecovery,
                    parser,
                    adapter,
                    maxAttachments,
                    maxNamespacesPerConnection,
                    maxDynamicNamespaces,
                    cleanupEmptyChildNamespaces,
                    maxRoomsPerSocket,
                    maxPendingAcks,
                    maxQueuedEvents,
                    listenerThreads);
        }

        private static int positive(String name, int value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " is " + value + ": give a number of more than zero");
            }
            return value;
        }
    }
}
