package dev.socketio.examples;

import dev.socketio.ConnectErrorException;
import dev.socketio.Namespace;
import dev.socketio.ParentNamespace;
import dev.socketio.Socket;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

public final class News implements SocketIoApplication {

    private static final Set<String> TOPICS = Set.of("sports", "weather");

    /** Without one nobody is an editor. */
    private final @Nullable String password;

    public News() {
        this(System.getenv("NEWS_PASSWORD"));
    }

    News(@Nullable String password) {
        this.password = password;
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(News::topics);
        editors(io);
        teams(io);
    }

    private static void topics(Socket socket) {
        socket.on("subscribe", String.class, (topic, ack) -> {
            boolean known = topic != null && TOPICS.contains(topic);
            if (known) {
                socket.join("topic " + topic);
            }
            ack.send(known);
        });
        socket.on("unsubscribe", String.class, (topic, ack) -> {
            socket.leave("topic " + topic);
            ack.send(true);
        });
    }

    private void editors(SocketIoServer io) {
        Namespace editors = io.of("/editors");
        editors.use(editor -> {
            Optional<String> given = editor.handshake().auth().get("password", String.class);
            if (given.isEmpty() || !given.get().equals(password)) {
                throw new ConnectErrorException("wrong password", Map.of("hint", "Ask the chief."));
            }
        });
        editors.onConnection(editor -> editor.on("publish", String.class, String.class, (topic, headline) -> {
            io.to("topic " + topic).emit("headline", topic, headline);
            editor.broadcast().emit("published", headline);
        }));
    }

    private static void teams(SocketIoServer io) {
        ParentNamespace teams = io.of(Pattern.compile("^/team-\\d+$"));
        teams.onConnection(member -> {
            Namespace team = member.namespace();
            team.emit("joined", team.name(), member.id());
        });
    }
}
