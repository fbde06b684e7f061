package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of an {@link EngineServer}, with the names and defaults of Socket.IO where it has them. */
public final class EngineOptions {

    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration upgradeTimeout;
    private final int maxHttpBufferSize;
    private final int maxOutboxBytes;
    private final Compression httpCompression;
    private final boolean perMessageDeflate;
    private final int maxSessions;
    private final int maxSessionsPerAddress;
    private final Set<TransportName> transports;
    private final boolean allowUpgrades;
    private final boolean allowEIO3;
    private final Set<String> roles;
    private final @Nullable AllowRequest allowRequest;
    private final @Nullable Cookie cookie;
    private final @Nullable EnginePacket initialPacket;
    private final boolean addTrailingSlash;
    private final @Nullable String nodeId;
    private final Peers peers;
    private final int maxForwardedRequests;

    private EngineOptions(Builder builder) {
        pingInterval = builder.pingInterval;
        pingTimeout = builder.pingTimeout;
        upgradeTimeout = builder.upgradeTimeout;
        maxHttpBufferSize = builder.maxHttpBufferSize;
        maxOutboxBytes = builder.maxOutboxBytes;
        httpCompression = builder.httpCompression;
        perMessageDeflate = builder.perMessageDeflate;
        maxSessions = builder.maxSessions;
        maxSessionsPerAddress = builder.maxSessionsPerAddress;
        transports = Set.copyOf(builder.transports);
        allowUpgrades = builder.allowUpgrades;
        allowEIO3 = builder.allowEIO3;
        roles = Set.copyOf(builder.roles);
        allowRequest = builder.allowRequest;
        cookie = builder.cookie;
        initialPacket = builder.initialPacket;
        addTrailingSlash = builder.addTrailingSlash;
        nodeId = builder.nodeId;
        peers = builder.peers;
        maxForwardedRequests = builder.maxForwardedRequests;
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the time from a client's pong to the next ping. */
    public Duration pingInterval() {
        return pingInterval;
    }

    /** Returns how long a client has to answer a ping. */
    public Duration pingTimeout() {
        return pingTimeout;
    }

    /** Returns how long a change of transport may take. */
    public Duration upgradeTimeout() {
        return upgradeTimeout;
    }

    /** Returns how many bytes one message, or the body of one POST, may have. */
    public int maxHttpBufferSize() {
        return maxHttpBufferSize;
    }

    /** Returns how many bytes may wait for one client before it is closed for reading too slowly. */
    public int maxOutboxBytes() {
        return maxOutboxBytes;
    }

    /** Returns which answers to polls are compressed. */
    public Compression httpCompression() {
        return httpCompression;
    }

    /** Returns whether WebSocket messages are compressed. */
    public boolean perMessageDeflate() {
        return perMessageDeflate;
    }

    /** Returns how many connections may be open at once. */
    public int maxSessions() {
        return maxSessions;
    }

    /** Returns how many connections may be open at once for one address; 0 if that is not limited. */
    public int maxSessionsPerAddress() {
        return maxSessionsPerAddress;
    }

    /** Returns the transports that clients may use. */
    public Set<TransportName> transports() {
        return transports;
    }

    /** Returns whether a connection may move from polling to WebSocket. */
    public boolean allowUpgrades() {
        return allowUpgrades;
    }

    /** Returns whether clients of revision 3 of the protocol may connect. */
    public boolean allowEIO3() {
        return allowEIO3;
    }

    /** Returns the roles that a connection is asked about when it opens. */
    public Set<String> roles() {
        return roles;
    }

    /** Returns who decides which requests may open a session; null if all may. */
    public @Nullable AllowRequest allowRequest() {
        return allowRequest;
    }

    /** Returns the cookie that tells the session's id, if there is to be one. */
    public @Nullable Cookie cookie() {
        return cookie;
    }

    /** Returns the message that follows every handshake, if there is to be one. */
    public @Nullable EnginePacket initialPacket() {
        return initialPacket;
    }

    /** Returns whether the path that clients connect to ends with a slash. */
    public boolean addTrailingSlash() {
        return addTrailingSlash;
    }

    /** Returns the name of this server among those of a cluster, which session ids end with; null if it has none. */
    public @Nullable String nodeId() {
        return nodeId;
    }

    /** Returns where the other nodes of the cluster are. */
    public Peers peers() {
        return peers;
    }

    /** Returns how many requests may be under way to one other node at once. */
    public int maxForwardedRequests() {
        return maxForwardedRequests;
    }

    boolean upgradesToWebSocket() {
        return allowUpgrades && transports.contains(TransportName.WEBSOCKET);
    }

    /** Collects options; every method checks its argument and returns this builder. */
    public static final class Builder {

        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private int maxHttpBufferSize = 1_000_000;
        private int maxOutboxBytes = 8 << 20;
        private Compression httpCompression = Compression.standard();
        private boolean perMessageDeflate;
        private int maxSessions = 100_000;
        private int maxSessionsPerAddress;
        private Set<TransportName> transports = EnumSet.allOf(TransportName.class);
        private boolean allowUpgrades = true;
        private boolean allowEIO3;
        private Set<String> roles = Set.of();
        private @Nullable AllowRequest allowRequest;
        private @Nullable Cookie cookie;
        private @Nullable EnginePacket initialPacket;
        private boolean addTrailingSlash = true;
        private @Nullable String nodeId;
        private Peers peers = Peers.none();
        private int maxForwardedRequests = 10_000;

        private Builder() {}

        /** Sets the time from a client's pong to the next ping; 25 s unless set. */
        public Builder pingInterval(Duration pingInterval) {
            this.pingInterval = positive("pingInterval", pingInterval);
            return this;
        }

        /** Sets how long a client has to answer a ping; 20 s unless set. */
        public Builder pingTimeout(Duration pingTimeout) {
            this.pingTimeout = positive("pingTimeout", pingTimeout);
            return this;
        }

        /** Sets how long a change of transport may take, after which the connection stays on polling; 10 s unless set. */
        public Builder upgradeTimeout(Duration upgradeTimeout) {
            this.upgradeTimeout = positive("upgradeTimeout", upgradeTimeout);
            return this;
        }

        /**
         * Sets how many bytes one message may have, or the body of one POST; 1,000,000 unless set. What is larger is
         * refused while it is being read: status 413, or a WebSocket closed with code 1009.
         */
        public Builder maxHttpBufferSize(int bytes) {
            maxHttpBufferSize = positive("maxHttpBufferSize", bytes);
            return this;
        }

        /**
         * Sets how many bytes may wait for one client, those with the container included; 8 MiB unless set. A client
         * for which more would have to wait is closed with {@link CloseReason#OUTBOX_FULL}.
         */
        public Builder maxOutboxBytes(int bytes) {
            maxOutboxBytes = positive("maxOutboxBytes", bytes);
            return this;
        }

        /**
         * Sets which answers to polls are compressed, if the client accepts that: those of at least 1,024 bytes unless
         * set. An answer is sent as it is if every message in it is {@linkplain EnginePacket#uncompressed()
         * uncompressed}.
         */
        public Builder httpCompression(Compression compression) {
            httpCompression = requireNonNull(compression, "httpCompression");
            return this;
        }

        /**
         * Sets whether WebSocket messages are compressed (RFC 7692) if the client offers it and the container can; false
         * unless set. It costs each connection 100 to 300 kB of memory. Containers compress all messages or none, so
         * small ones and those that are {@linkplain EnginePacket#uncompressed() uncompressed} are compressed too.
         */
        public Builder perMessageDeflate(boolean perMessageDeflate) {
            this.perMessageDeflate = perMessageDeflate;
            return this;
        }

        /** Sets how many connections may be open at once, 100,000 unless set; a handshake beyond it gets status 503. */
        public Builder maxSessions(int sessions) {
            maxSessions = positive("maxSessions", sessions);
            return this;
        }

        /**
         * Sets how many connections may be open at once for one address, as the container sees it; 0, which stands for no
         * limit, unless set. A handshake beyond it gets status 503. Behind a proxy that the container does not know of,
         * all clients have one address.
         */
        public Builder maxSessionsPerAddress(int sessions) {
            if (sessions < 0) {
                throw new IllegalArgumentException(
                        "maxSessionsPerAddress is " + sessions + ": give a number, or 0 for no limit");
            }
            maxSessionsPerAddress = sessions;
            return this;
        }

        /** Sets the transports that clients may use; both unless set. */
        public Builder transports(Collection<TransportName> transports) {
            if (transports.isEmpty()) {
                throw new IllegalArgumentException("transports is empty: name at least one of polling and websocket");
            }
            this.transports = EnumSet.copyOf(transports);
            return this;
        }

        /** Sets whether a connection may move from polling to WebSocket; true unless set. */
        public Builder allowUpgrades(boolean allowUpgrades) {
            this.allowUpgrades = allowUpgrades;
            return this;
        }

        /**
         * Sets whether clients of revision 3 of the protocol may connect, those of Socket.IO 1 and 2; false unless set.
         * Without it they are refused with {@link EngineError#UNSUPPORTED_PROTOCOL_VERSION}.
         */
        public Builder allowEIO3(boolean allowEIO3) {
            this.allowEIO3 = allowEIO3;
            return this;
        }

        /**
         * Sets the roles about which the container is asked when a connection opens; none unless set. The container can
         * answer only then, so a role that is not named here cannot be asked about later.
         */
        public Builder roles(Collection<String> roles) {
            this.roles = new LinkedHashSet<>(roles);
            return this;
        }

        /** Sets who decides which requests may open a session; all may unless set. */
        public Builder allowRequest(AllowRequest allowRequest) {
            this.allowRequest = requireNonNull(allowRequest, "allowRequest");
            return this;
        }

        /**
         * Sets the cookie that tells the session's id to load balancers; none unless set.
         *
         * @param cookie null for none
         */
        public Builder cookie(@Nullable Cookie cookie) {
            if (cookie != null) {
                cookie.requireAcceptable();
            }
            this.cookie = cookie;
            return this;
        }

        /** Sets a message of text that is sent to every client right after the handshake; none unless set. */
        public Builder initialPacket(String text) {
            initialPacket = EnginePacket.message(text);
            return this;
        }

        /** Sets a message of bytes that is sent to every client right after the handshake; none unless set. */
        public Builder initialPacket(byte[] bytes) {
            initialPacket = EnginePacket.message(bytes.clone());
            return this;
        }

        /**
         * Sets whether the path that clients connect to ends with a slash, true unless set: {@code /engine.io/} and all
         * below it, while {@code /engine.io} gets status 404. If it does not, that is taken as well.
         */
        public Builder addTrailingSlash(boolean addTrailingSlash) {
            this.addTrailingSlash = addTrailingSlash;
            return this;
        }

        /**
         * Sets the name of this server among those of a cluster, which session ids end with, after a dot; none unless set.
         * It tells balancers, and other nodes, who has a session.
         *
         * @param nodeId 1 to 32 letters, digits, hyphens and underscores; another one for each server
         */
        public Builder nodeId(String nodeId) {
            this.nodeId = SessionIds.requireNode("nodeId", nodeId);
            return this;
        }

        /**
         * Sets where the other nodes of the cluster are, to which polling requests for their sessions are forwarded; unless
         * set, they are refused. It takes a {@link #nodeId}.
         */
        public Builder peers(Peers peers) {
            this.peers = requireNonNull(peers, "peers");
            return this;
        }

        /**
         * Sets how many requests may be under way to one other node at once, parked polls included; 10,000 unless set.
         * Further ones are refused with {@link EngineError#NODE_UNAVAILABLE}. Each is a connection to that node.
         */
        public Builder maxForwardedRequests(int requests) {
            maxForwardedRequests = positive("maxForwardedRequests", requests);
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if there are peers, but no node id
         */
        public EngineOptions build() {
            if (!peers.areNone() && nodeId == null) {
                throw new IllegalArgumentException("peers is set without nodeId: give this server a name of its own");
            }
            return new EngineOptions(this);
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " is " + value + ": give a time of more than zero");
            }
            return value;
        }

        private static int positive(String name, int value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " is " + value + ": give a number of more than zero");
            }
            return value;
        }
    }
}
