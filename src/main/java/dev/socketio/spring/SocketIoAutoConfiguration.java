package dev.socketio.spring;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Gives every {@link SocketIoApplication} among the beans a server, on the port of the web application. Spring Boot finds
 * it by itself.
 *
 * <p>Options come from {@link SocketIoApplication#options}, then from Spring's properties whose names start with
 * {@code socketio.}, in any of the spellings that Spring Boot knows; the last wins. If there is one application, or one
 * that is primary, its server is a bean too.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(SocketIoApplication.class)
public final class SocketIoAutoConfiguration {

    /** Spring calls it. */
    SocketIoAutoConfiguration() {}

    @Bean
    static Servers socketIoServers(
            ObjectProvider<SocketIoApplication> applications, ConfigurableEnvironment environment) {
        return new Servers(applications.orderedStream().toList(), SpringOptions.of(environment));
    }

    // the end is in the hands of Servers, which knows when
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(SocketIoApplication.class)
    static SocketIoServer socketIoServer(Servers servers, SocketIoApplication application) {
        return servers.of(application);
    }
}
