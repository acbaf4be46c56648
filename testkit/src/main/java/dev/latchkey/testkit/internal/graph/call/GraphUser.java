package dev.latchkey.testkit.internal.graph.call;

/**
 * A user of Graph.
 *
 * @param id the object id, different in each tenant
 * @param username the user principal name
 * @param personal whether it is a personal Microsoft account, which has neither teams nor sites
 */
public record GraphUser(String id, String username, String displayName, boolean personal) {}
