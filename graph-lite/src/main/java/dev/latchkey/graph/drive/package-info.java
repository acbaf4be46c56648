/** Files and folders of OneDrive, SharePoint and Teams. */
@NullMarked
package dev.latchkey.graph.drive;

import org.jspecify.annotations.NullMarked;
