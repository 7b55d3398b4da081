<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The libraries without our own modules, which the plugin's excludedGroups leaves in. -->
<#assign libraries = dependencyMap?filter(entry -> entry.key.groupId != "io.emotionstream")>
${libraries?size} libraries of others, with the licences that their own poms name.

<#list libraries as entry>
<#assign library = entry.key>
<#list entry.value as licence>(${licence}) </#list>${(library.name?contains("Unnamed"))?then(library.artifactId, library.name)} (${library.groupId}:${library.artifactId}:${library.version} - ${library.url!"no url defined"})
</#list>
