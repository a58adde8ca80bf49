import './no-proto.ts'
import { reader } from './reader-role.ts'
import { ownPort } from './own-port.ts'
import { serve } from './serve.ts'

serve(reader, ownPort())
