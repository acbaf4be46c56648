/** Files and folders of OneDrive, SharePoint and Teams, and options for their transfer. */
@NullMarked
package dev.latchkey.graph.drive;

import org.jspecify.annotations.NullMarked;
