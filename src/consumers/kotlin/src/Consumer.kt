package com.example.consumer

import dev.latchkey.Entra
import dev.latchkey.PublicClient
import dev.latchkey.graph.GraphClient
import dev.latchkey.testkit.FakeAuthorizationServer
import java.time.Duration
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking

/** Signs in and gets a token without blocking a thread. */
fun main() = runBlocking {
  FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start().use { server ->
    val client = PublicClient.builder()
      .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
      .clientId("consumer")
      .scopes("User.Read")
      .build()
    server.approveNext("adele@contoso.example")
    val account = client.beginSignInAsync().await().result().await().account()
    val token = client.tokens(account).getAsync().await()
    val graph = GraphClient.builder(client.tokens(account)).baseUrl(server.graph().url()).build()

    // JSpecify's annotations say to Kotlin that a display name may be missing.
    val name: String? = graph.me().displayName()
    println("signed in: $name")
    println("token from: ${token.source()}")
  }
}
