package com.example.live;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Two users, who log in the same way to the REST controllers and to Socket.IO. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests
                        .requestMatchers(HttpMethod.POST, "/news/**").hasRole("EDITOR")
                        .anyRequest().authenticated())
                .httpBasic(withDefaults())
                // the Socket.IO server looks at the origin of each request, and its clients know no token
                .csrf(csrf -> csrf.ignoringRequestMatchers("/socket.io/**", "/news/**"))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}lovelace").roles("EDITOR").build(),
                User.withUsername("bob").password("{noop}builder").roles("READER").build());
    }
}
