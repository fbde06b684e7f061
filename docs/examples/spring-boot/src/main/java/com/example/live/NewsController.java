package com.example.live;

import dev.socketio.SocketIoServer;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** From requests to sockets: what is posted here reaches the clients of Socket.IO. */
@RestController
public final class NewsController {

    /** What has happened. */
    public record News(String title, String text) {}

    private final SocketIoServer io;

    NewsController(SocketIoServer io) {
        this.io = io;
    }

    @GetMapping("/clients")
    Map<String, Integer> clients() {
        return Map.of("clients", io.engine().clientsCount());
    }

    @PostMapping("/news")
    void all(@RequestBody News news) {
        io.emit("news", news);
    }

    @PostMapping("/news/{user}")
    void one(@PathVariable String user, @RequestBody News news) {
        io.to("user:" + user).emit("news", news);
    }
}
