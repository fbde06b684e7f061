package dev.socketio.examples;

import dev.socketio.SocketIoServer;
import dev.socketio.servlet.SocketIoInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

@WebListener
public final class Startup implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        SocketIoServer io = SocketIoInitializer.register(context, Startup::configure);
        context.addServlet("announce", new AnnounceServlet(io)).addMapping("/api/announce");
    }

    private static void configure(SocketIoServer io) {
        io.onConnection(socket -> socket.emit("welcome"));
    }
}
