package dev.socketio.containers;

import jakarta.enterprise.context.ApplicationScoped;

/** Something to inject. */
@ApplicationScoped
public class Greeting {

    String text() {
        return "from a bean";
    }
}
