package com.example.consumer

import dev.latchkey.AccessToken
import dev.latchkey.Account
import dev.latchkey.Entra
import dev.latchkey.PublicClient
import dev.latchkey.error.SignInRequired
import dev.latchkey.graph.GraphClient
import dev.latchkey.testkit.FakeAuthorizationServer
import java.time.Duration
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking

/** A token, by a sign-in if only the person can help. */
suspend fun token(client: PublicClient, account: Account): AccessToken =
  try {
    client.tokens(account).getAsync().await()
  } catch (why: SignInRequired) {
    val signIn = client.beginSignInAsync(why).await()
    println(signIn.deviceAuthorization().instructions())
    try {
      signIn.result().await().token()
    } finally {
      signIn.cancel() // if this coroutine was cancelled; otherwise it has ended already
    }
  }

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
    val first = token(client, account)
    val graph = GraphClient.builder(client.tokens(account)).baseUrl(server.graph().url()).build()

    // JSpecify's annotations say to Kotlin that a display name may be missing.
    val name: String? = graph.me().displayName()
    println("signed in: $name")
    println("token from: ${first.source()}")
  }
}
