package dev.socketio.examples;

import dev.socketio.servlet.SocketIoServers;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

@WebListener
public final class EndOfSession implements HttpSessionListener {

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        SocketIoServers.of(session.getServletContext())
                .in("session " + session.getId())
                .disconnectSockets(true);
    }
}
