metadata description = 'The one identity that both apps run as. What it may do is said beside each resource, by a role assignment.'

@description('Required. Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('Required. Region of the identity.')
@minLength(3)
@maxLength(40)
param location string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
}

@description('Resource id, by which an app is given the identity.')
output id string = identity.id

@description('Client id, by which code asks for tokens.')
output clientId string = identity.properties.clientId
